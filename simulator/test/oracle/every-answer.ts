import { cardBlocks, commentModal } from "../fixtures/card-blocks.ts";
import {
  type Answer,
  type SimulatorWithApp,
  security,
  startWithApp,
} from "../fixtures/simulator-with-app.ts";

const scopes =
  "chat:write commands channels:read channels:join channels:history groups:read groups:history im:read im:write " +
  "im:history mpim:read mpim:write reactions:write team:read users:read users:read.email usergroups:read";

const eve = "U0EVE00001";

type Call = SimulatorWithApp["call"];
type MethodAnswer = { method: string; answer: Omit<Answer, "headers"> };

// An attachment with fields of the app's own, which Slack keeps.
const attachment = {
  text: "A pun",
  fallback: "No pun",
  service_name: "Puns",
  thumb_url: "https://p.example/1",
};
const picture = { thumb_width: 1920, thumb_height: 700 };

async function messages({ call: callUnrecorded, slack }: SimulatorWithApp, call: Call) {
  await slack.channel("#security").say("Hello", { as: "eve" });
  const { ts } = await call("chat.postMessage", {
    channel: security,
    text: "Hi",
    attachments: [{ ...attachment, ...picture }],
  });
  await call("chat.update", { channel: security, ts, text: "Hello" });
  await call("chat.postEphemeral", { channel: security, user: eve, text: "Psst" });
  await call("chat.getPermalink", { channel: security, message_ts: ts });
  await call("reactions.add", { channel: security, timestamp: ts, name: "eyes" });
  const answer = { channel: security, thread_ts: ts, text: "A reply" };
  const reply = await callUnrecorded("chat.postMessage", answer);
  await callUnrecorded("chat.postMessage", answer);
  await call("chat.getPermalink", { channel: security, message_ts: reply.ts });
  await call("conversations.replies", { channel: security, ts, limit: 2 });
  await call("conversations.history", { channel: security, limit: 1 });
  await call("conversations.history", { channel: security, limit: 1, latest: ts, inclusive: true });
  await call("chat.delete", { channel: security, ts: reply.ts });
}

async function conversations({ call: callUnrecorded }: SimulatorWithApp, call: Call) {
  await call("conversations.open", { users: eve });
  const { channel } = await call("conversations.open", { users: eve, return_im: true });
  await call("conversations.open", { users: `${eve},U0ADA00001` });
  const { id } = Object(channel);
  await callUnrecorded("chat.postMessage", { channel: id, text: "Hi" });
  await call("conversations.info", { channel: id, include_locale: true, include_num_members: true });
  await call("conversations.info", { channel: security });
  await call("conversations.join", { channel: security });
  await call("conversations.members", { channel: security, limit: 1 });
  for (const method of ["conversations.list", "users.conversations"]) {
    await call(method, { limit: 1 });
    await call(method, { types: "mpim,im" });
  }
}

async function people({ slack }: SimulatorWithApp, call: Call) {
  await call("auth.test");
  await call("auth.teams.list");
  await call("bots.info", { bot: slack.app.botId });
  await call("team.info", { team: "T0ACME0001" });
  await call("usergroups.list");
  await call("users.info", { user: eve });
  await call("users.list", { limit: 3 });
  await call("users.lookupByEmail", { email: "eve@acme.example" });
}

const plain = (text: string) => ({ type: "plain_text", text });
const button = { type: "button", action_id: "press", text: plain("Press") };
const section = { type: "section", text: { type: "mrkdwn", text: "Simple" }, accessory: button };
const plainSection = { type: "section", text: plain("Simple"), accessory: button };

async function views({ slack, app, call: callUnrecorded }: SimulatorWithApp, call: Call) {
  await call("views.publish", { user_id: eve, view: { type: "home", blocks: [section] } });
  await callUnrecorded("chat.postMessage", { channel: security, text: "Hi", blocks: cardBlocks() });
  const card = await slack.channel("#security").expectCard("Impossible travel");
  const trigger = async () => {
    await card.menu("Unassign", { as: "ada" });
    return Object(app.received.at(-1)?.payload).trigger_id;
  };
  const { view } = await call("views.open", { trigger_id: await trigger(), view: commentModal() });
  const { submit: _, ...other } = commentModal();
  const { id } = Object(view);
  await call("views.update", { view_id: id, view: { ...other, blocks: [plainSection] } });
  await (await slack.dialogOf("ada")).press("Press");
  const trigger_id = Object(app.received.at(-1)?.payload).trigger_id;
  await call("views.push", { trigger_id, view: commentModal() });
}

const refusingMethods =
  "auth.revoke auth.test bots.info chat.delete chat.getPermalink chat.postEphemeral chat.postMessage chat.update " +
  "conversations.history conversations.info conversations.join conversations.list conversations.members " +
  "conversations.open conversations.replies reactions.add team.info usergroups.list users.conversations users.info " +
  "users.list users.lookupByEmail views.open views.publish views.push views.update";

/** Calls every method at least once successfully and once with a refusal. Returns all answers. */
export async function everyAnswer(): Promise<MethodAnswer[]> {
  const env = await startWithApp({ shape: "organisation", installedFor: "workspace" });
  await env.slack.ask("setApp", { scopes: scopes.split(" ") });
  const all: MethodAnswer[] = [];
  const call: Call = async (method, args, token) => {
    const answer = await env.call(method, args, token);
    const { headers: _, ...body } = answer;
    all.push({ method, answer: body });
    return answer;
  };
  await messages(env, call);
  await conversations(env, call);
  await people(env, call);
  await views(env, call);
  for (const method of refusingMethods.split(" "))
    await call(method, {}, method.startsWith("views") ? undefined : "xoxb-nobody");
  await call("apps.connections.open", {}, env.slack.app.appToken);
  await call("auth.revoke");
  await env.end();
  return all;
}
