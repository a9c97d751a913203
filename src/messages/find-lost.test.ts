import { expect, test } from "vitest";
import { startDouble } from "../../test/doubles/http-double.ts";
import { slackClient } from "../slack/client/slack-client.ts";
import { eventWaitSeconds, findLost, lookupAfterFault } from "./find-lost.ts";

const lostAt = new Date("2026-11-25T08:00:00Z");
const after = (seconds: number) => new Date(lostAt.getTime() + seconds * 1000);

test.each([
  ["setup", { kind: "not-found" }],
  ["gone", { kind: "not-found" }],
  ["content", { kind: "not-found" }],
  ["passing", { kind: "failed" }],
] as const)("a lookup that fails with a %s fault is handled", (kind, look) => {
  expect(lookupAfterFault({ kind, retryAfterSeconds: null }, lostAt, after(5))).toEqual(look);
});

test("a limited lookup waits for Retry-After, but delays the alert by two minutes at most", () => {
  const limited = { kind: "rate", retryAfterSeconds: 30 } as const;
  expect(lookupAfterFault(limited, lostAt, after(5))).toEqual({ kind: "later", seconds: 30 });
  expect(lookupAfterFault(limited, lostAt, after(100))).toEqual({ kind: "not-found" });
});

test("a lost message is found by its metadata, unless another app has copied it", async () => {
  const [ours, other] = ["0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0001", "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0002"];
  const metadata = { event_type: "tocsin_card", event_payload: { delivery: ours } };
  const messages = [
    { ts: "3.0", user: "U0MALLORY", metadata },
    { ts: "2.0", user: "U0TOCSIN", metadata: { ...metadata, event_payload: { delivery: other } } },
    { ts: "1.0", user: "U0TOCSIN", metadata },
  ];
  const found = async (listed: object[]) => {
    const slack = await startDouble(() => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: { ok: true, messages: listed, has_more: false },
    }));
    const client = slackClient({ token: "xoxb-1", apiUrl: `${slack.origin}/api`, fetch, teamId: "T1" });
    const deps = { clientFor: async () => client, clock: () => after(5) };
    const line = { scopes: ["channels:history"], installationId: "i", botUserId: "U0TOCSIN" };
    const lost = { id: ours, unsureSince: lostAt, seenTs: null, channel: "C1", threadTs: undefined };
    return findLost(deps, line, lost).finally(slack.close);
  };
  expect(await found(messages)).toEqual({ kind: "found", ts: "1.0" });
  expect(await found(messages.slice(0, 2))).toEqual({ kind: "not-found" });
});

test("Slack's event about a message is waited for only if the app may get it", () => {
  expect(eventWaitSeconds(null)).toBe(5);
  expect(eventWaitSeconds(["chat:write", "metadata.message:read"])).toBe(5);
  expect(eventWaitSeconds(["chat:write"])).toBe(0);
});
