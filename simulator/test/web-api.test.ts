import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardBlocks } from "./fixtures/card-blocks.ts";
import { type Setting, security, setting } from "./fixtures/simulator-with-app.ts";

let now = 1_795_611_720_000;
let here: Setting;
const call: Setting["call"] = (...given) => here.call(...given);
const post = (more: object = {}) => call("chat.postMessage", { channel: security, text: "Hello", ...more });
const error = async (answer: ReturnType<Setting["call"]>) => (await answer).error;

beforeEach(async () => {
  here = await setting({ now: () => now });
});
afterEach(() => here.end());

describe("who may call", () => {
  test("no token, a wrong token, a revoked token, an uninstalled app", async () => {
    const bare = await fetch(`${here.slack.apiUrl}auth.test`, { method: "POST" });
    expect(await bare.json()).toEqual({ ok: false, error: "not_authed" });
    expect(await error(call("auth.test", {}, "xoxb-other"))).toBe("invalid_auth");
    await here.slack.ask("setApp", { state: "token_revoked" });
    expect(await error(call("auth.test"))).toBe("token_revoked");
    await here.slack.ask("setApp", { state: "account_inactive" });
    expect(await error(call("auth.test"))).toBe("account_inactive");
  });

  test("a scope that is lacking is named, with those there are", async () => {
    await here.slack.ask("setApp", { scopes: ["users:read"] });
    expect(await post()).toMatchObject({
      error: "missing_scope",
      needed: "chat:write",
      provided: "users:read",
    });
    expect((await call("users.info", { user: "U0ADA00001" })).headers.get("x-oauth-scopes")).toBe(
      "users:read",
    );
  });

  test("e-mail stands in users.info only with its scope", async () => {
    const email = async () => Object((await call("users.info", { user: "U0ADA00001" })).user).profile.email;
    expect(await email()).toBe("ada@acme.example");
    await here.slack.ask("setApp", { scopes: ["users:read"] });
    expect(await email()).toBeUndefined();
  });

  test("a method that isn't there", async () => {
    expect(await call("chat.shout")).toMatchObject({ error: "unknown_method", req_method: "chat.shout" });
  });
});

describe("where the bot may write", () => {
  test("public channels only as a member, private ones don't exist without that", async () => {
    expect(await error(post({ channel: "C0RANDOM001" }))).toBe("not_in_channel");
    await here.slack.ask("setChannel", { channel: "#sec-private", withApp: false });
    expect(await error(post({ channel: "C0SECPRIV01" }))).toBe("channel_not_found");
    expect(await error(post({ channel: "C0NOWHERE" }))).toBe("channel_not_found");
  });

  test("archived channels refuse posts and updates in different words", async () => {
    const { ts } = await post();
    await here.slack.ask("setChannel", { channel: "#security", archived: true });
    expect(await error(post())).toBe("is_archived");
    expect(await error(call("chat.update", { channel: security, ts, text: "x" }))).toBe("is_inactive");
  });

  test("a person's id opens their direct messages, whose id updates need", async () => {
    const { channel, ts } = await post({ channel: "U0EVE00001" });
    expect(channel).toMatch(/^D/);
    expect(await error(call("chat.update", { channel: "U0EVE00001", ts, text: "x" }))).toBe(
      "channel_not_found",
    );
    expect(await call("chat.update", { channel, ts, text: "x" })).toMatchObject({ ok: true, text: "x" });
  });

  test("only one's own messages change, and only while they are there", async () => {
    await here.slack.channel("#security").say("Mine", { as: "grace" });
    const [graces] = await here.slack.channel("#security").messages();
    const change = { channel: security, ts: graces?.ts, text: "x" };
    expect(await error(call("chat.update", change))).toBe("cant_update_message");
    expect(await error(call("chat.delete", change))).toBe("cant_delete_message");
    const { ts } = await post();
    await call("chat.delete", { channel: security, ts });
    expect(await error(call("chat.update", { ...change, ts }))).toBe("message_not_found");
  });

  test("an ephemeral message needs its reader in the channel", async () => {
    const whisper = (user: string) => call("chat.postEphemeral", { channel: "C0SECPRIV01", user, text: "x" });
    expect(await whisper("U0ADA00001")).toMatchObject({ ok: true });
    expect(await error(whisper("U0MALLORY1"))).toBe("user_not_in_channel");
  });
});

describe("what a message may hold", () => {
  test("Block Kit's limits are told by place", async () => {
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

  test("an update without blocks keeps them, an empty list takes them away", async () => {
    const { ts } = await post({ blocks: cardBlocks() });
    const update = async (more: object) =>
      Object((await call("chat.update", { channel: security, ts, text: "new", ...more })).message).blocks;
    expect(await update({})).toHaveLength(3);
    expect(await update({ blocks: [] })).toBeUndefined();
  });

  test("metadata is kept, and told in full only to who asks", async () => {
    await here.slack.ask("setApp", { scopes: ["chat:write", "channels:history"] });
    const metadata = { event_type: "delivery", event_payload: { id: "7" } };
    await post({ metadata });
    const told = async (more: object) =>
      Object((await call("conversations.history", { channel: security, ...more })).messages)[0].metadata;
    expect(await told({ include_all_metadata: true })).toEqual(metadata);
    expect(await told({})).toEqual({ event_type: "delivery" });
    expect(await error(post({ metadata: { event_type: "x" } }))).toBe("invalid_metadata_format");
  });

  test("a permalink names the thread of a reply", async () => {
    const { ts } = await post();
    const reply = await post({ thread_ts: ts });
    const { permalink } = await call("chat.getPermalink", { channel: security, message_ts: reply.ts });
    const path = `p${String(reply.ts).replace(".", "")}?thread_ts=${ts}&cid=${security}`;
    expect(permalink).toBe(`https://acme.slack.com/archives/${security}/${path}`);
  });
});

describe("rates", () => {
  test("one message a second in a channel, each channel for itself", async () => {
    await here.slack.ask("settings", { rateLimits: true });
    expect(await post()).toMatchObject({ ok: true });
    const second = await post();
    expect(second).toMatchObject({ status: 429, ok: false, error: "ratelimited" });
    expect(second.headers.get("retry-after")).toBe("1");
    expect(await post({ channel: "C0PLATFORM1" })).toMatchObject({ ok: true });
    now += 1000;
    expect(await post()).toMatchObject({ ok: true });
  });

  test("fifty updates a minute in the whole workspace, in a sliding window", async () => {
    const { ts } = await post();
    await here.slack.ask("settings", { rateLimits: true });
    const update = () => call("chat.update", { channel: security, ts, text: "x" });
    for (let count = 0; count < 50; count++) expect((await update()).status).toBe(200);
    const refused = await update();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    now += 60_000;
    expect((await update()).status).toBe(200);
  });
});

describe("faults on demand", () => {
  const arrange = (what: object, more: object = {}) =>
    here.slack.ask("faults", { faults: [{ method: "chat.postMessage", ...more, what: Object(what) }] });

  test("a status, an error of Slack's, each as often as asked and in one channel only", async () => {
    await arrange({ kind: "status", status: 502 }, { times: 2, channel: "#security" });
    expect((await post({ channel: "C0PLATFORM1" })).status).toBe(200);
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([502, 502, 200]);
    await arrange({ kind: "error", error: "fatal_error" });
    expect(await error(post())).toBe("fatal_error");
  });

  test("an answer that is lost after the message was posted, which the log knows", async () => {
    await arrange({ kind: "lost" });
    await expect(post()).rejects.toThrow();
    expect(await here.slack.channel("#security").messages()).toHaveLength(1);
    const [entry] = await here.slack.log.entries();
    expect(entry).toMatchObject({ what: "chat.postMessage", outcome: "ok", delivered: false });
  });

  test("a slow answer that the caller doesn't wait for counts as not delivered", async () => {
    await arrange({ kind: "slow", ms: 300 });
    const impatient = fetch(`${here.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${here.slack.app.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: security, text: "x" }),
      signal: AbortSignal.timeout(50),
    });
    await expect(impatient).rejects.toThrow("timeout");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await here.slack.log.entries()).at(-1)).toMatchObject({ delivered: false });
  });

  test("an answer that arrived counts as delivered", async () => {
    await post();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await here.slack.log.entries()).at(-1)).toMatchObject({ delivered: true, channel: security });
  });
});

test("forms say the same as JSON, with nested values as text", async () => {
  const answer = await here.client.chat.postMessage({
    channel: security,
    text: "x",
    blocks: JSON.parse(JSON.stringify(cardBlocks())),
  });
  expect(answer.message?.blocks?.[0]).toMatchObject({ type: "header", block_id: "head" });
  expect(
    (await here.client.conversations.list({ limit: 2, types: "public_channel,private_channel" })).channels,
  ).toHaveLength(2);
});

test("a button whose link has a host without a dot is taken, and the log says that nobody sees it", async () => {
  const blocks = [
    {
      type: "actions",
      elements: [
        { type: "button", text: { type: "plain_text", text: "View" }, url: "http://localhost:4000/" },
      ],
    },
  ];
  expect(await post({ blocks })).toMatchObject({ ok: true });
  expect((await here.slack.log.entries()).at(-1)?.notes).toEqual([
    'Slack hides the button "View": the host of http://localhost:4000/ has no dot',
  ]);
});
