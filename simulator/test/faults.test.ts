import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../web-api/gateway/fault.ts";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

// Injected faults, as an app sees them.

const platform = "C0PLATFORM1";
let env: SimulatorWithApp;
beforeEach(async () => {
  env = await startWithApp();
});
afterEach(() => env.end());

const inject = (what: Fault["what"], more: Partial<Omit<Fault, "what">> = {}) =>
  env.slack.ask("faults", { faults: [{ method: "chat.postMessage", ...more, what }] });
const post = (channel = security) => env.call("chat.postMessage", { channel, text: "x" });
const error = async (answer: ReturnType<SimulatorWithApp["call"]>) => (await answer).error;
const posted = async (channel = "#security") => (await env.slack.channel(channel).messages()).length;
const lastCall = async () => (await env.slack.log.entries()).at(-1);

describe("injected server faults", () => {
  test.each([500, 502, 503])("a call with status %i has no effect", async (status) => {
    await inject({ kind: "status", status });
    const answer = await post();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, null]);
    expect(await posted()).toBe(0);
    expect((await post()).status).toBe(200);
  });

  test.each([429, 503])("a call with status %i has a retry-after header", async (status) => {
    await inject({ kind: "status", status, retryAfter: 7 });
    const answer = await post();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, "7"]);
    if (status === 429) expect(answer.error).toBe("ratelimited");
    expect(await posted()).toBe(0);
  });

  test("a dropped call has no effect", async () => {
    await inject({ kind: "dropped" });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(await posted()).toBe(0);
    expect(await lastCall()).toMatchObject({ outcome: "dropped on demand", delivered: false });
  });

  test("a call whose answer is lost takes effect", async () => {
    await inject({ kind: "lost" });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(await posted()).toBe(1);
    expect(await lastCall()).toMatchObject({ outcome: "ok", delivered: false });
  });

  test("a slow call takes effect before the app times out", async () => {
    await inject({ kind: "slow", ms: 60_000 });
    const impatient = fetch(`${env.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${env.slack.app.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: security, text: "x" }),
      signal: AbortSignal.timeout(200),
    });
    await expect(impatient).rejects.toThrow("timeout");
    expect(await posted()).toBe(1);
  });
});

describe("an injected error", () => {
  test.each(["fatal_error", "internal_error", "service_unavailable", "restricted_action"])(
    "can be any error of Slack: %s",
    async (code) => {
      await inject({ kind: "error", error: code });
      expect(await post()).toMatchObject({ status: 200, ok: false, error: code });
      expect(await posted()).toBe(0);
    },
  );

  test("hits the given number of calls of one method in one channel only", async () => {
    await inject({ kind: "error", error: "fatal_error" }, { times: 2, channel: "#security" });
    expect(await error(post(platform))).toBeUndefined();
    expect(await env.call("auth.test")).toMatchObject({ ok: true });
    expect([await error(post()), await error(post()), await error(post())]).toEqual([
      "fatal_error",
      "fatal_error",
      undefined,
    ]);
  });

  test("hits calls of all methods until the faults are cleared", async () => {
    await inject({ kind: "status", status: 500 }, { method: "*", times: 100 });
    expect([(await post()).status, (await env.call("users.list")).status]).toEqual([500, 500]);
    await env.slack.ask("faults", { faults: [] });
    expect((await post()).status).toBe(200);
  });
});

describe("the installation", () => {
  test.each([
    ["token_revoked", "token_revoked"],
    ["account_inactive", "account_inactive"],
  ] as const)("is refused with %s in this state", async (state, code) => {
    await env.slack.ask("setApp", { state });
    expect([await error(post()), await error(env.call("auth.test"))]).toEqual([code, code]);
  });

  test("is refused with missing_scope, which names the missing and the granted scopes", async () => {
    await env.slack.ask("setApp", { scopes: ["users:read"] });
    expect(await post()).toMatchObject({
      error: "missing_scope",
      needed: "chat:write",
      provided: "users:read",
    });
  });
});

describe("posting and updating", () => {
  const update = (ts: unknown) => env.call("chat.update", { channel: security, ts, text: "y" });

  test("fails in an archived channel until it is unarchived", async () => {
    const { ts } = await post();
    await env.slack.ask("archiveChannel", { channel: "#security" });
    expect([await error(post()), await error(update(ts))]).toEqual(["is_archived", "is_inactive"]);
    await env.slack.ask("archiveChannel", { channel: security, archived: false });
    expect([await error(post()), await error(update(ts))]).toEqual([undefined, undefined]);
  });

  test("fails in a deleted channel", async () => {
    const { ts } = await post();
    await env.slack.ask("deleteChannel", { channel: "#security" });
    expect([await error(post()), await error(update(ts))]).toEqual([
      "channel_not_found",
      "channel_not_found",
    ]);
  });

  test("fails after the app was removed from the channel", async () => {
    await env.slack.channel("#security").say("/remove @Tocsin", { as: "grace" });
    expect(await error(post())).toBe("not_in_channel");
  });

  test("fails for a deleted message with or without replies", async () => {
    for (const replies of [0, 1]) {
      const { ts } = await post();
      const at = { channel: security, ts: String(ts) };
      if (replies > 0) await env.slack.ask("say", { as: "ada", channel: security, text: "x", thread: at.ts });
      await env.slack.ask("deleteMessage", at);
      expect(await error(update(ts))).toBe("message_not_found");
    }
  });
});

describe("a Socket Mode connection", () => {
  async function connect() {
    const { url } = await env.call("apps.connections.open", {}, env.slack.app.appToken);
    const socket = new WebSocket(String(url));
    const received: string[] = [];
    socket.addEventListener("message", ({ data }) => {
      const { type, reason = "" } = JSON.parse(String(data));
      received.push(`${type} ${reason}`.trim());
    });
    const closed = new Promise<boolean>((resolve) =>
      socket.addEventListener("close", ({ wasClean }) => resolve(wasClean)),
    );
    await expect.poll(() => received).toEqual(["hello"]);
    return { socket, received, closed };
  }
  let retry = () => {};
  beforeEach(async () => {
    await env.end();
    const reconnected = new Promise<void>((resolve) => {
      retry = resolve;
    });
    env = await startWithApp({ sleep: () => reconnected });
    await env.slack.ask("setApp", { socketMode: true });
  });

  test.each(["refresh_requested", "link_disabled"] as const)("ends with the reason %s", async (how) => {
    const { received, closed } = await connect();
    expect(await env.slack.ask("endConnections", { how })).toEqual({ ended: 1 });
    expect(await closed).toBe(true);
    expect(received).toEqual(["hello", `disconnect ${how}`]);
  });

  test("stays open after a warning", async () => {
    const { socket, received } = await connect();
    await env.slack.ask("endConnections", { how: "warning" });
    await expect.poll(() => received).toEqual(["hello", "disconnect warning"]);
    await env.slack.ask("openHome", { as: "ada" });
    await expect.poll(() => received.at(-1)).toBe("events_api");
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test("is cut, and an unacknowledged event is sent again over the next connection", async () => {
    const { received, closed } = await connect();
    await env.slack.ask("openHome", { as: "ada" });
    await expect.poll(() => received.at(-1)).toBe("events_api");
    await env.slack.ask("endConnections", { how: "cut" });
    expect(await closed).toBe(false);
    const next = await connect();
    retry();
    await expect.poll(() => next.received.at(-1)).toBe("events_api");
  });
});
