import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../web-api/gateway/fault.ts";
import { type Setting, security, setting } from "./fixtures/simulator-with-app.ts";

// What an app sees of everything that can go wrong between it and Slack.

const platform = "C0PLATFORM1";
let here: Setting;
beforeEach(async () => {
  here = await setting();
});
afterEach(() => here.end());

const goWrong = (what: Fault["what"], more: Partial<Omit<Fault, "what">> = {}) =>
  here.slack.ask("faults", { faults: [{ method: "chat.postMessage", ...more, what }] });
const post = (channel = security) => here.call("chat.postMessage", { channel, text: "x" });
const error = async (answer: ReturnType<Setting["call"]>) => (await answer).error;
const posted = async (channel = "#security") => (await here.slack.channel(channel).messages()).length;
const lastCall = async () => (await here.slack.log.entries()).at(-1);

describe("Slack's servers", () => {
  test.each([500, 502, 503])("answer %i, having done nothing", async (status) => {
    await goWrong({ kind: "status", status });
    const answer = await post();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, null]);
    expect(await posted()).toBe(0);
    expect((await post()).status).toBe(200);
  });

  test.each([429, 503])("answer %i, and when to come back", async (status) => {
    await goWrong({ kind: "status", status, retryAfter: 7 });
    const answer = await post();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, "7"]);
    if (status === 429) expect(answer.error).toBe("ratelimited");
    expect(await posted()).toBe(0);
  });

  test("hang up before anything was done", async () => {
    await goWrong({ kind: "dropped" });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(await posted()).toBe(0);
    expect(await lastCall()).toMatchObject({ outcome: "dropped on demand", delivered: false });
  });

  test("hang up after the message was posted", async () => {
    await goWrong({ kind: "lost" });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(await posted()).toBe(1);
    expect(await lastCall()).toMatchObject({ outcome: "ok", delivered: false });
  });

  test("answer so late that the app has given up, the message being posted", async () => {
    await goWrong({ kind: "slow", ms: 60_000 });
    const impatient = fetch(`${here.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${here.slack.app.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: security, text: "x" }),
      signal: AbortSignal.timeout(200),
    });
    await expect(impatient).rejects.toThrow("timeout");
    expect(await posted()).toBe(1);
  });
});

describe("a fault on demand", () => {
  test.each(["fatal_error", "internal_error", "service_unavailable", "restricted_action"])(
    "is any error of Slack's: %s",
    async (code) => {
      await goWrong({ kind: "error", error: code });
      expect(await post()).toMatchObject({ status: 200, ok: false, error: code });
      expect(await posted()).toBe(0);
    },
  );

  test("hits as often as asked, one method in one channel, and nothing else", async () => {
    await goWrong({ kind: "error", error: "fatal_error" }, { times: 2, channel: "#security" });
    expect(await error(post(platform))).toBeUndefined();
    expect(await here.call("auth.test")).toMatchObject({ ok: true });
    expect([await error(post()), await error(post()), await error(post())]).toEqual([
      "fatal_error",
      "fatal_error",
      undefined,
    ]);
  });

  test("hits whatever comes, and ends when told", async () => {
    await goWrong({ kind: "status", status: 500 }, { method: "*", times: 100 });
    expect([(await post()).status, (await here.call("users.list")).status]).toEqual([500, 500]);
    await here.slack.ask("faults", { faults: [] });
    expect((await post()).status).toBe(200);
  });
});

describe("the app's own standing", () => {
  test.each([
    ["token_revoked", "token_revoked"],
    ["account_inactive", "account_inactive"],
  ] as const)("a token that is %s opens nothing", async (state, code) => {
    await here.slack.ask("setApp", { state });
    expect([await error(post()), await error(here.call("auth.test"))]).toEqual([code, code]);
  });

  test("a scope that was not granted is named", async () => {
    await here.slack.ask("setApp", { scopes: ["users:read"] });
    expect(await post()).toMatchObject({
      error: "missing_scope",
      needed: "chat:write",
      provided: "users:read",
    });
  });
});

describe("what an app wrote into", () => {
  const update = (ts: unknown) => here.call("chat.update", { channel: security, ts, text: "y" });

  test("is archived, and comes back", async () => {
    const { ts } = await post();
    await here.slack.ask("archiveChannel", { channel: "#security" });
    expect([await error(post()), await error(update(ts))]).toEqual(["is_archived", "is_inactive"]);
    await here.slack.ask("archiveChannel", { channel: security, archived: false });
    expect([await error(post()), await error(update(ts))]).toEqual([undefined, undefined]);
  });

  test("is deleted", async () => {
    const { ts } = await post();
    await here.slack.ask("deleteChannel", { channel: "#security" });
    expect([await error(post()), await error(update(ts))]).toEqual([
      "channel_not_found",
      "channel_not_found",
    ]);
  });

  test("is closed to the app", async () => {
    await here.slack.channel("#security").say("/remove @Tocsin", { as: "grace" });
    expect(await error(post())).toBe("not_in_channel");
  });

  test("is a message that somebody deleted, with or without replies", async () => {
    for (const replies of [0, 1]) {
      const { ts } = await post();
      const at = { channel: security, ts: String(ts) };
      if (replies > 0)
        await here.slack.ask("say", { as: "ada", channel: security, text: "x", thread: at.ts });
      await here.slack.ask("deleteMessage", at);
      expect(await error(update(ts))).toBe("message_not_found");
    }
  });
});

describe("Socket Mode", () => {
  async function connect() {
    const { url } = await here.call("apps.connections.open", {}, here.slack.app.appToken);
    const socket = new WebSocket(String(url));
    const told: string[] = [];
    socket.addEventListener("message", ({ data }) => {
      const { type, reason = "" } = JSON.parse(String(data));
      told.push(`${type} ${reason}`.trim());
    });
    const closed = new Promise<boolean>((resolve) =>
      socket.addEventListener("close", ({ wasClean }) => resolve(wasClean)),
    );
    await expect.poll(() => told).toEqual(["hello"]);
    return { socket, told, closed };
  }
  let again = () => {};
  beforeEach(async () => {
    await here.end();
    const reconnected = new Promise<void>((resolve) => {
      again = resolve;
    });
    here = await setting({ sleep: () => reconnected });
    await here.slack.ask("setApp", { socketMode: true });
  });

  test.each(["refresh_requested", "link_disabled"] as const)("ends with the word %s", async (how) => {
    const { told, closed } = await connect();
    expect(await here.slack.ask("endConnections", { how })).toEqual({ ended: 1 });
    expect(await closed).toBe(true);
    expect(told).toEqual(["hello", `disconnect ${how}`]);
  });

  test("warns that it is about to end, and goes on until then", async () => {
    const { socket, told } = await connect();
    await here.slack.ask("endConnections", { how: "warning" });
    await expect.poll(() => told).toEqual(["hello", "disconnect warning"]);
    await here.slack.ask("openHome", { as: "ada" });
    await expect.poll(() => told.at(-1)).toBe("events_api");
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test("is cut without a word, and what was on its way comes again over the next connection", async () => {
    const { told, closed } = await connect();
    await here.slack.ask("openHome", { as: "ada" });
    await expect.poll(() => told.at(-1)).toBe("events_api");
    await here.slack.ask("endConnections", { how: "cut" });
    expect(await closed).toBe(false);
    const next = await connect();
    again();
    await expect.poll(() => next.told.at(-1)).toBe("events_api");
  });
});
