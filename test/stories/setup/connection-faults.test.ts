import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ transport: "socket" });
});
afterAll(() => story.close());
afterEach(async () => story.slack.ask("faults", { faults: [] }));

const app = async () => (await story.api("GET", "/slack/app")).body;
const socket = async () => (await app()).socket;
const opened = async () =>
  (await story.slack.log.entries()).filter(({ what }) => what === "apps.connections.open").length;

test("an answer without x-oauth-scopes leaves the granted scopes as they were, and raises no alarm", async () => {
  const { installations } = await app();
  expect(installations[0].state).toEqual({ kind: "ok" });
  await story.slack.ask("faults", {
    faults: [{ method: "auth.test", times: 1000, what: { kind: "without-scopes-header" } }],
  });
  const checks = async () =>
    (await story.slack.log.entries()).filter(({ what }) => what === "auth.test").length;
  const before = await checks();
  await story.pass("2 minutes");
  await expect.poll(checks).toBeGreaterThan(before);
  await story.tocsin.idle();
  const now = await app();
  expect(now.installations[0]).toMatchObject({
    state: { kind: "ok" },
    grantedScopes: installations[0].grantedScopes,
    missingScopes: [],
  });
  const { body } = await story.api("GET", "/alerts?type=SYSTEM_ERROR");
  expect(body.results).toEqual([]);
});

test("a refused App-Level Token is named, not the Bot OAuth Token", async () => {
  await expect.poll(socket).toMatchObject({ kind: "connected" });
  await story.slack.ask("faults", {
    faults: [{ method: "apps.connections.open", times: 100, what: { kind: "error", error: "invalid_auth" } }],
  });
  await story.slack.ask("endConnections", { how: "cut" });
  await expect.poll(socket, { timeout: 10_000 }).toMatchObject({
    kind: "connecting",
    fault: "invalid_auth",
    remedy: expect.stringMatching(/App-Level Token.*connections:write/),
  });
  expect((await socket()).remedy).not.toContain("bot token");
  await story.slack.ask("faults", { faults: [] });
  await story.api("PUT", "/slack/app", { mode: "socket" });
  await expect.poll(socket, { timeout: 10_000 }).toMatchObject({ kind: "connected", connections: 1 });
});

test("connections that Slack ends at once are reopened with growing waits, and the reason is shown", async () => {
  const before = await opened();
  await story.slack.ask("endConnections", { how: "too_many_websockets", endNew: "too_many_websockets" });
  await expect.poll(socket, { timeout: 10_000 }).toMatchObject({
    kind: "connecting",
    fault: "too_many_websockets",
    remedy: expect.stringContaining("too many open ones"),
  });
  await expect.poll(opened, { timeout: 20_000 }).toBeGreaterThanOrEqual(before + 2);
  // Without waits there were nineteen a second.
  expect((await opened()) - before).toBeLessThan(6);
  await story.slack.ask("endConnections", { how: "cut", endNew: null });
  await story.api("PUT", "/slack/app", { mode: "socket" });
  await expect.poll(socket, { timeout: 10_000 }).toMatchObject({ kind: "connected" });
});
