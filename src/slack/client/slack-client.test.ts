import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, expect, test, vi } from "vitest";
import { slackClient } from "./slack-client.ts";
import { SlackFault } from "./slack-fault.ts";

type Answer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | "hang up"
  | "say nothing";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A client of a server that gives one answer to everything and keeps what it was asked. */
async function slackThatSays(answer: Answer, timeoutMs = 10_000) {
  const calls: { path: string; fields: Record<string, string>; token: string | undefined }[] = [];
  const listening = createServer(async (request, response) => {
    const body = await text(request);
    const fields = Object.fromEntries(new URLSearchParams(body));
    calls.push({ path: request.url ?? "", fields, token: request.headers.authorization });
    if (answer === "say nothing") return;
    if (answer === "hang up") return response.destroy();
    response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const apiUrl = `http://127.0.0.1:${port}/api`;
  return { calls, apiUrl, client: slackClient({ token: "xoxb-1", apiUrl, teamId: "T0ACME", timeoutMs }) };
}

async function faultOf(call: Promise<unknown>): Promise<SlackFault> {
  const fault = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof SlackFault)) throw new Error("expected a fault of Slack", { cause: fault });
  return fault;
}

const message = { text: "HIGH: x", blocks: [] };
const post = { channel: "C1", message };

test("every post and update is inert, and says which workspace it is for", async () => {
  const { client, calls } = await slackThatSays({ body: { ok: true, channel: "C1", ts: "1.2" } });
  expect(await client.postMessage({ ...post, threadTs: "1.1" })).toEqual({ channel: "C1", ts: "1.2" });
  await client.update({ channel: "C1", ts: "1.2", message });
  const [posted, updated] = calls;
  expect(posted).toMatchObject({ path: "/api/chat.postMessage", token: "Bearer xoxb-1" });
  expect(posted?.fields).toEqual({
    channel: "C1",
    thread_ts: "1.1",
    text: "HIGH: x",
    blocks: "[]",
    parse: "none",
    link_names: "false",
    unfurl_links: "false",
    unfurl_media: "false",
    mrkdwn: "false",
    team_id: "T0ACME",
  });
  expect(updated?.fields).toMatchObject({ ts: "1.2", parse: "none", link_names: "false", blocks: "[]" });
});

test.each<[string, Answer, Partial<SlackFault>]>([
  ["a refusal", { body: { ok: false, error: "not_in_channel" } }, { code: "not_in_channel", kind: "setup" }],
  ["a limit", { status: 429, headers: { "retry-after": "9" } }, { kind: "rate", retryAfterSeconds: 9 }],
  ["a limit without a time", { status: 429 }, { kind: "rate", retryAfterSeconds: 30 }],
  [
    "a broken gateway",
    { status: 502, body: "<html>" },
    { code: "http_502", kind: "passing", answerLost: true },
  ],
  ["a page in Slack's place", { body: "<html>" }, { code: "unreadable_answer", answerLost: true }],
  ["an answer without ts", { body: { ok: true } }, { code: "unreadable_answer", answerLost: true }],
  ["a hang-up", "hang up", { kind: "passing", answerLost: true }],
  ["silence", "say nothing", { code: "timeout", kind: "passing", answerLost: true }],
])("%s is thrown as a fault that says what to do, after one try", async (_, answer, facts) => {
  const { client, calls } = await slackThatSays(answer, answer === "say nothing" ? 200 : 10_000);
  const fault = await faultOf(client.postMessage(post));
  expect(fault).toMatchObject({ method: "chat.postMessage", ...facts });
  expect(calls).toHaveLength(1);
});

test("a server that isn't there took nothing", async () => {
  const { client } = await slackThatSays({});
  await new Promise((resolve) => server?.close(resolve));
  expect(await faultOf(client.postMessage(post))).toMatchObject({ code: "econnrefused", answerLost: false });
});

test("nothing is logged, least of all bodies", async () => {
  const written = vi.spyOn(process.stdout, "write");
  const logged = [vi.spyOn(console, "warn"), vi.spyOn(console, "error"), vi.spyOn(console, "info"), written];
  const messages = ["[ERROR] x [json-pointer:/blocks/0]"];
  const { client } = await slackThatSays({
    body: { ok: false, error: "invalid_blocks", response_metadata: { messages } },
  });
  expect((await faultOf(client.postMessage(post))).remarks).toEqual(messages);
  for (const spy of logged) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

test("what a token may do is read from the headers", async () => {
  const body = {
    ok: true,
    url: "https://acme.slack.example/",
    team: "Acme",
    team_id: "T1",
    user_id: "U1",
    bot_id: "B1",
  };
  const { client } = await slackThatSays({ headers: { "x-oauth-scopes": "chat:write, commands" }, body });
  const installation = await client.authTest();
  expect(installation).toMatchObject({ teamId: "T1", botUserId: "U1", orgInstall: false });
  expect(installation.scopes).toEqual(["chat:write", "commands"]);
});

test("somebody whom Slack doesn't know is nobody, not a fault", async () => {
  const { client } = await slackThatSays({ body: { ok: false, error: "users_not_found" } });
  expect(await client.lookupByEmail("mallory@acme.example")).toBeNull();
});

test("a guest is told from a member", async () => {
  const user = { id: "U1", team_id: "T1", is_restricted: true, profile: { email: "eve@acme.example" } };
  const { client } = await slackThatSays({ body: { ok: true, user } });
  const eve = await client.usersInfo("U1");
  expect(eve).toMatchObject({ guest: true, email: "eve@acme.example", emailConfirmed: null, bot: false });
});

test("a page of channels ends with the cursor of the next, or null", async () => {
  const channels = [{ id: "C1", name: "security", is_member: true }];
  const { client, calls } = await slackThatSays({
    body: { ok: true, channels, response_metadata: { next_cursor: "" } },
  });
  const page = await client.listUserConversations("abc");
  expect(page).toMatchObject({
    next: null,
    channels: [{ id: "C1", name: "security", member: true, private: false }],
  });
  expect(calls[0]?.fields).toMatchObject({ cursor: "abc", limit: "999", exclude_archived: "true" });
});

test("a click is answered to whoever clicked; a used-up address is gone, not a fault to retry", async () => {
  const { client, apiUrl } = await slackThatSays({ status: 404 });
  expect(await faultOf(client.respond(`${apiUrl}/actions/1`, message))).toMatchObject({ kind: "gone" });
});
