import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardBlocks } from "./fixtures/card-blocks.ts";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

let now = 1_795_611_720_000;
let env: SimulatorWithApp;
const call: SimulatorWithApp["call"] = (...given) => env.call(...given);
const post = (more: object = {}) => call("chat.postMessage", { channel: security, text: "Hello", ...more });
const error = async (answer: ReturnType<SimulatorWithApp["call"]>) => (await answer).error;

beforeEach(async () => {
  env = await startWithApp({ now: () => now });
});
afterEach(() => env.end());

describe("authentication", () => {
  test("refuses a missing, wrong or revoked token and an uninstalled app", async () => {
    const bare = await fetch(`${env.slack.apiUrl}auth.test`, { method: "POST" });
    expect(await bare.json()).toEqual({ ok: false, error: "not_authed" });
    expect(await error(call("auth.test", {}, "xoxb-other"))).toBe("invalid_auth");
    await env.slack.ask("setApp", { state: "token_revoked" });
    expect(await error(call("auth.test"))).toBe("token_revoked");
    await env.slack.ask("setApp", { state: "account_inactive" });
    expect(await error(call("auth.test"))).toBe("account_inactive");
  });

  test("names the missing and the granted scopes", async () => {
    await env.slack.ask("setApp", { scopes: ["users:read"] });
    expect(await post()).toMatchObject({
      error: "missing_scope",
      needed: "chat:write",
      provided: "users:read",
    });
    expect((await call("users.info", { user: "U0ADA00001" })).headers.get("x-oauth-scopes")).toBe(
      "users:read",
    );
  });

  test("includes the email in users.info only with its scope", async () => {
    const email = async () => Object((await call("users.info", { user: "U0ADA00001" })).user).profile.email;
    expect(await email()).toBe("ada@acme.example");
    await env.slack.ask("setApp", { scopes: ["users:read"] });
    expect(await email()).toBeUndefined();
  });

  test("refuses an unknown method", async () => {
    expect(await call("chat.shout")).toMatchObject({ error: "unknown_method", req_method: "chat.shout" });
  });
});

describe("posting", () => {
  test("needs membership in public channels; other private channels don't exist", async () => {
    expect(await error(post({ channel: "C0RANDOM001" }))).toBe("not_in_channel");
    await env.slack.ask("setChannel", { channel: "#sec-private", withApp: false });
    expect(await error(post({ channel: "C0SECPRIV01" }))).toBe("channel_not_found");
    expect(await error(post({ channel: "C0NOWHERE" }))).toBe("channel_not_found");
  });

  test("gets is_archived for posts and is_inactive for updates in an archived channel", async () => {
    const { ts } = await post();
    await env.slack.ask("setChannel", { channel: "#security", archived: true });
    expect(await error(post())).toBe("is_archived");
    expect(await error(call("chat.update", { channel: security, ts, text: "x" }))).toBe("is_inactive");
  });

  test("takes a person's ID for a direct message, but updates need the channel's ID", async () => {
    const { channel, ts } = await post({ channel: "U0EVE00001" });
    expect(channel).toMatch(/^D/);
    expect(await error(call("chat.update", { channel: "U0EVE00001", ts, text: "x" }))).toBe(
      "channel_not_found",
    );
    expect(await call("chat.update", { channel, ts, text: "x" })).toMatchObject({ ok: true, text: "x" });
  });

  test("allows changes to the app's own existing messages only", async () => {
    await env.slack.channel("#security").say("Mine", { as: "grace" });
    const [graces] = await env.slack.channel("#security").messages();
    const change = { channel: security, ts: graces?.ts, text: "x" };
    expect(await error(call("chat.update", change))).toBe("cant_update_message");
    expect(await error(call("chat.delete", change))).toBe("cant_delete_message");
    const { ts } = await post();
    await call("chat.delete", { channel: security, ts });
    expect(await error(call("chat.update", { ...change, ts }))).toBe("message_not_found");
  });

  test("needs the recipient of an ephemeral message to be in the channel", async () => {
    const postTo = (user: string) => call("chat.postEphemeral", { channel: "C0SECPRIV01", user, text: "x" });
    expect(await postTo("U0ADA00001")).toMatchObject({ ok: true });
    expect(await error(postTo("U0MALLORY1"))).toBe("user_not_in_channel");
  });
});

describe("a message", () => {
  test("above Block Kit's limits is refused with a pointer", async () => {
    expect(await post({ blocks: cardBlocks({ title: "x".repeat(150) }) })).toMatchObject({
      error: "invalid_blocks",
      response_metadata: {
        messages: ["[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"],
      },
    });
    expect(await error(post({ blocks: "{not json" }))).toBe("invalid_blocks_format");
    expect(await error(post({ text: "" }))).toBe("no_text");
    expect(await error(call("chat.postMessage", { text: "x" }))).toBe("invalid_arguments");
  });

  test("keeps its blocks in an update without blocks; an empty list removes them", async () => {
    const { ts } = await post({ blocks: cardBlocks() });
    const update = async (more: object) =>
      Object((await call("chat.update", { channel: security, ts, text: "new", ...more })).message).blocks;
    expect(await update({})).toHaveLength(3);
    expect(await update({ blocks: [] })).toBeUndefined();
  });

  test("keeps its metadata, whose payload is returned on request only", async () => {
    await env.slack.ask("setApp", { scopes: ["chat:write", "channels:history"] });
    const metadata = { event_type: "delivery", event_payload: { id: "7" } };
    await post({ metadata });
    const metadataWith = async (more: object) =>
      Object((await call("conversations.history", { channel: security, ...more })).messages)[0].metadata;
    expect(await metadataWith({ include_all_metadata: true })).toEqual(metadata);
    expect(await metadataWith({})).toEqual({ event_type: "delivery" });
    expect(await error(post({ metadata: { event_type: "x" } }))).toBe("invalid_metadata_format");
  });

  test("has a permalink that names the thread of a reply", async () => {
    const { ts } = await post();
    const reply = await post({ thread_ts: ts });
    const { permalink } = await call("chat.getPermalink", { channel: security, message_ts: reply.ts });
    const path = `p${String(reply.ts).replace(".", "")}?thread_ts=${ts}&cid=${security}`;
    expect(permalink).toBe(`https://acme.slack.com/archives/${security}/${path}`);
  });
});

describe("the rate limit", () => {
  test("is one message per second for each channel", async () => {
    await env.slack.ask("settings", { rateLimits: true });
    expect(await post()).toMatchObject({ ok: true });
    const second = await post();
    expect(second).toMatchObject({ status: 429, ok: false, error: "ratelimited" });
    expect(second.headers.get("retry-after")).toBe("1");
    expect(await post({ channel: "C0PLATFORM1" })).toMatchObject({ ok: true });
    now += 1000;
    expect(await post()).toMatchObject({ ok: true });
  });

  test("is fifty updates per minute and workspace, in a sliding window", async () => {
    const { ts } = await post();
    await env.slack.ask("settings", { rateLimits: true });
    const update = () => call("chat.update", { channel: security, ts, text: "x" });
    for (let count = 0; count < 50; count++) expect((await update()).status).toBe(200);
    const refused = await update();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    now += 60_000;
    expect((await update()).status).toBe(200);
  });
});

describe("fault injection:", () => {
  const inject = (what: object, more: object = {}) =>
    env.slack.ask("faults", { faults: [{ method: "chat.postMessage", ...more, what: Object(what) }] });

  test("a fault hits the given number of calls in one channel only", async () => {
    await inject({ kind: "status", status: 502 }, { times: 2, channel: "#security" });
    expect((await post({ channel: "C0PLATFORM1" })).status).toBe(200);
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([502, 502, 200]);
    await inject({ kind: "error", error: "fatal_error" });
    expect(await error(post())).toBe("fatal_error");
  });

  test("a lost answer leaves the message posted, and the log says so", async () => {
    await inject({ kind: "lost" });
    await expect(post()).rejects.toThrow();
    expect(await env.slack.channel("#security").messages()).toHaveLength(1);
    const [entry] = await env.slack.log.entries();
    expect(entry).toMatchObject({ what: "chat.postMessage", outcome: "ok", delivered: false });
  });

  test("a slow answer counts as not delivered if the caller times out", async () => {
    await inject({ kind: "slow", ms: 300 });
    const impatient = fetch(`${env.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${env.slack.app.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: security, text: "x" }),
      signal: AbortSignal.timeout(50),
    });
    await expect(impatient).rejects.toThrow("timeout");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await env.slack.log.entries()).at(-1)).toMatchObject({ delivered: false });
  });

  test("an answer that arrived counts as delivered", async () => {
    await post();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await env.slack.log.entries()).at(-1)).toMatchObject({ delivered: true, channel: security });
  });
});

test("forms work like JSON, with nested values as JSON text", async () => {
  const answer = await env.client.chat.postMessage({
    channel: security,
    text: "x",
    blocks: JSON.parse(JSON.stringify(cardBlocks())),
  });
  expect(answer.message?.blocks?.[0]).toMatchObject({ type: "header", block_id: "head" });
  expect(
    (await env.client.conversations.list({ limit: 2, types: "public_channel,private_channel" })).channels,
  ).toHaveLength(2);
});

test("a button with a dotless host in its link is accepted, and the log notes that it is hidden", async () => {
  const blocks = [
    {
      type: "actions",
      elements: [
        { type: "button", text: { type: "plain_text", text: "View" }, url: "http://localhost:4000/" },
      ],
    },
  ];
  expect(await post({ blocks })).toMatchObject({ ok: true });
  expect((await env.slack.log.entries()).at(-1)?.notes).toEqual([
    'Slack hides the button "View": the host of http://localhost:4000/ has no dot',
  ]);
});
