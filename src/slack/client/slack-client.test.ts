import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, expect, test, vi } from "vitest";
import { slackClient } from "./slack-client.ts";
import { SlackFault } from "./slack-fault.ts";

type Answer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | "hang up"
  | "never answer";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A client of a server that gives the same answer to every call and records the calls. */
async function slackAnswering(answer: Answer, timeoutMs = 10_000) {
  const calls: { path: string; fields: Record<string, string>; token: string | undefined }[] = [];
  const listening = createServer(async (request, response) => {
    const body = await text(request);
    const fields = Object.fromEntries(new URLSearchParams(body));
    calls.push({ path: request.url ?? "", fields, token: request.headers.authorization });
    if (answer === "never answer") return;
    if (answer === "hang up") return response.destroy();
    response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const apiUrl = `http://127.0.0.1:${port}/api`;
  return {
    calls,
    apiUrl,
    client: slackClient({ token: "xoxb-1", apiUrl, fetch, teamId: "T0ACME", timeoutMs }),
  };
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

test("posts and updates turn parsing off and carry the workspace", async () => {
  const { client, calls } = await slackAnswering({ body: { ok: true, channel: "C1", ts: "1.2" } });
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
  [
    "an error code",
    { body: { ok: false, error: "not_in_channel" } },
    { code: "not_in_channel", kind: "setup" },
  ],
  ["a rate limit", { status: 429, headers: { "retry-after": "9" } }, { kind: "rate", retryAfterSeconds: 9 }],
  ["a rate limit without a time", { status: 429 }, { kind: "rate", retryAfterSeconds: 30 }],
  [
    "a broken gateway",
    { status: 502, body: "<html>" },
    { code: "http_502", kind: "passing", answerLost: true },
  ],
  ["an HTML page", { body: "<html>" }, { code: "unreadable_answer", answerLost: true }],
  ["an answer without ts", { body: { ok: true } }, { code: "unreadable_answer", answerLost: true }],
  ["a closed connection", "hang up", { kind: "passing", answerLost: true }],
  ["a timeout", "never answer", { code: "timeout", kind: "passing", answerLost: true }],
])("%s throws a classified fault after one try", async (_, answer, facts) => {
  const { client, calls } = await slackAnswering(answer, answer === "never answer" ? 200 : 10_000);
  const fault = await faultOf(client.postMessage(post));
  expect(fault).toMatchObject({ method: "chat.postMessage", ...facts });
  expect(calls).toHaveLength(1);
});

test("a refused connection loses no answer", async () => {
  const { client } = await slackAnswering({});
  await new Promise((resolve) => server?.close(resolve));
  expect(await faultOf(client.postMessage(post))).toMatchObject({ code: "econnrefused", answerLost: false });
});

test("a failed call logs nothing", async () => {
  const written = vi.spyOn(process.stdout, "write");
  const logged = [vi.spyOn(console, "warn"), vi.spyOn(console, "error"), vi.spyOn(console, "info"), written];
  const messages = ["[ERROR] x [json-pointer:/blocks/0]"];
  const { client } = await slackAnswering({
    body: { ok: false, error: "invalid_blocks", response_metadata: { messages } },
  });
  expect((await faultOf(client.postMessage(post))).remarks).toEqual(messages);
  for (const spy of logged) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

test("authTest reads the scopes from the headers", async () => {
  const body = {
    ok: true,
    url: "https://acme.slack.example/",
    team: "Acme",
    team_id: "T1",
    user_id: "U1",
    bot_id: "B1",
  };
  const { client } = await slackAnswering({ headers: { "x-oauth-scopes": "chat:write, commands" }, body });
  const installation = await client.authTest();
  expect(installation).toMatchObject({ teamId: "T1", botUserId: "U1", orgInstall: false });
  expect(installation.scopes).toEqual(["chat:write", "commands"]);
});

test("a lookup of an unknown person returns null", async () => {
  const { client } = await slackAnswering({ body: { ok: false, error: "users_not_found" } });
  expect(await client.lookupByEmail("mallory@acme.example")).toBeNull();
});

test("usersInfo recognises a guest", async () => {
  const user = { id: "U1", team_id: "T1", is_restricted: true, profile: { email: "eve@acme.example" } };
  const { client } = await slackAnswering({ body: { ok: true, user } });
  const eve = await client.usersInfo("U1");
  expect(eve).toMatchObject({ guest: true, email: "eve@acme.example", emailConfirmed: null, bot: false });
});

test("the last page of channels has a null cursor", async () => {
  const channels = [{ id: "C1", name: "security", is_member: true }];
  const { client, calls } = await slackAnswering({
    body: { ok: true, channels, response_metadata: { next_cursor: "" } },
  });
  const page = await client.listUserConversations("abc");
  expect(page).toMatchObject({
    next: null,
    channels: [{ id: "C1", name: "security", member: true, private: false }],
  });
  expect(calls[0]?.fields).toMatchObject({ cursor: "abc", limit: "999", exclude_archived: "true" });
});

test("a used-up response URL throws a fault of kind gone", async () => {
  const { client, apiUrl } = await slackAnswering({ status: 404 });
  expect(await faultOf(client.respond(`${apiUrl}/actions/1`, message))).toMatchObject({ kind: "gone" });
});
