import { eventually } from "../../story/eventually.ts";
import { type SimulatorWithApp, security, startWithApp } from "../fixtures/simulator-with-app.ts";

export type InstallKind = "workspace" | "workspace of an organisation" | "organisation";

const plain = (text: string) => ({ type: "plain_text", text, emoji: true });
const button = { type: "button", action_id: "a", value: "v", text: plain("Press") };

const input = (block_id: string, element: object) => ({
  type: "input",
  block_id,
  label: plain("Label"),
  optional: false,
  element: { ...element, placeholder: plain("Placeholder") },
});

const typing = { dispatch_action_config: { trigger_actions_on: ["on_enter_pressed"] } };
const dialog = {
  type: "modal",
  callback_id: "view-id",
  title: plain("My App"),
  submit: plain("Submit"),
  close: plain("Cancel"),
  notify_on_close: true,
  blocks: [
    input("text", { type: "plain_text_input", action_id: "i", ...typing }),
    { ...input("search", { type: "external_select", action_id: "s" }), optional: true },
    input("where", { type: "conversations_select", action_id: "c", response_url_enabled: true }),
  ],
};

const scopes =
  "chat:write commands channels:read groups:read channels:history groups:history users:read app_mentions:read";
const events =
  "app_home_opened app_mention app_uninstalled tokens_revoked member_joined_channel member_left_channel " +
  "message.channels message.groups team_access_granted team_access_revoked";

async function start(kind: InstallKind): Promise<SimulatorWithApp> {
  const env = await startWithApp({
    shape: kind === "workspace" ? "workspace" : "organisation",
    installedFor: kind === "organisation" ? "organisation" : "workspace",
  });
  const shortcut = { name: "New", callback_id: "new", type: "global" as const, description: "" };
  await env.slack.ask("setApp", {
    scopes: scopes.split(" "),
    events: events.split(" "),
    shortcuts: [shortcut],
  });
  return env;
}

/** Posts, shares, answers, edits and deletes messages. */
async function sendMessages({ slack, call }: SimulatorWithApp): Promise<void> {
  const ada = { as: "ada", channel: security };
  await slack.ask("say", { ...ada, text: "@Tocsin hello" });
  const ts = (await slack.channel("#security").messages()).at(-1)?.ts ?? "";
  await slack.ask("say", { ...ada, text: "Reply", thread: ts });
  await slack.ask("say", { ...ada, text: "For all", thread: ts, broadcast: true });
  await slack.ask("editMessage", { ...ada, ts, text: "Hello again" });
  await slack.ask("say", { ...ada, text: "Delete this message" });
  const last = (await slack.channel("#security").messages()).at(-1)?.ts ?? "";
  await slack.ask("deleteMessage", { channel: security, ts: last });
  await slack.ask("uploadFile", { ...ada, name: "file.png", text: "Hi there!" });
  await slack.ask("postAsIntegration", { channel: security, name: "classic-bot", text: "Hi there!" });
  await call("chat.postMessage", { channel: security, text: "Hi there!" });
  await slack.ask("say", { as: "grace", channel: "#random", text: "/invite @Tocsin" });
  await slack.ask("say", { as: "grace", channel: "#random", text: "/remove @Tocsin" });
}

/** Uses controls, dialogs and shortcuts. */
async function operateControls({ slack, app, call }: SimulatorWithApp): Promise<void> {
  const trigger = () => Object(app.received.at(-1)?.payload).trigger_id;
  await call("chat.postMessage", {
    channel: security,
    text: "Press",
    blocks: [{ type: "actions", block_id: "b", elements: [button] }],
  });
  const card = await slack.channel("#security").expectMessage("Press");
  for (const end of ["submit", "cancel"] as const) {
    await card.press("Press", { as: "ada" });
    await call("views.open", { trigger_id: trigger(), view: dialog });
    const open = await slack.dialogOf("ada");
    await open.search("search", "search word");
    await open.fill("text", "test");
    await open.fill("where", security);
    await open[end]();
  }
  await slack.ask("useGlobalShortcut", { as: "ada", callbackId: "new" });
}

/** Changes the installation. */
async function changeInstallation({ slack }: SimulatorWithApp, kind: InstallKind): Promise<void> {
  await slack.ask("openHome", { as: "ada", tab: "messages" });
  await slack.ask("verifyUrl", {});
  await slack.ask("setApp", { state: "installed" });
  if (kind === "organisation")
    for (const verb of ["revokeTeam", "grantTeam"] as const) await slack.ask(verb, { team: "ACME Europe" });
  await slack.ask("setApp", { state: "token_revoked" });
  await slack.ask("setApp", { state: "installed" });
  await slack.ask("setApp", { state: "account_inactive" });
}

/** At least one payload of each type that the simulator can send to an app that is installed this way. */
export async function everythingSent(kind: InstallKind): Promise<unknown[]> {
  const env = await start(kind);
  env.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  await sendMessages(env);
  await operateControls(env);
  await changeInstallation(env, kind);
  const sent = () => env.app.received.map(({ payload }) => payload);
  const isComplete = async () =>
    sent().some((one) => Object(one).event?.type === "app_uninstalled") &&
    (await env.slack.log.entries()).every(({ outcome }) => outcome !== "in progress");
  const check = async () => ((await isComplete()) ? true : undefined);
  const failure = () => "Some events are missing";
  await eventually({ ask: env.slack.ask }, check, { timeoutMs: 20_000, failure });
  await env.end();
  return sent();
}
