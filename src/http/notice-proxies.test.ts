import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkProxies } from "../../cli/doctor/checks.ts";
import { addMember, type Caller, openServer, type TestServer } from "../../test/tocsin/server.ts";
import { secretPurpose } from "../secrets/vault.ts";

let doors: TestServer;
let program: Caller;

beforeAll(async () => {
  doors = await openServer({ TRUSTED_PROXIES: "10.1.0.0/16" }, { stoppedClock: true });
  program = await doors.program();
});
afterAll(() => doors.close());

const forwarded = { "x-forwarded-for": "198.51.100.9" };
const listed = async () => {
  await doors.deps.pending.settled();
  return (await program("GET", "/api/v1/untrusted-proxies")).body.results;
};
const warnings = () => doors.log.filter((entry) => entry.includes("is not in TRUSTED_PROXIES"));
const visit = (peer: string, headers: Record<string, string> = forwarded) =>
  doors.caller(headers, peer)("GET", "/healthz");

test("a nearby peer that sends X-Forwarded-For untrusted is remembered, and logged once", async () => {
  await visit("10.1.2.3");
  await visit("::ffff:10.1.2.3");
  await visit("172.18.0.2", {});
  expect([await listed(), warnings()]).toEqual([[], []]);
  for (let n = 0; n < 3; n++) await visit("::ffff:172.18.0.2");
  expect(await listed()).toEqual([
    {
      address: "172.18.0.2",
      advice: expect.stringContaining("set TRUSTED_PROXIES=10.1.0.0/16,172.18.0.2 and restart Tocsin."),
      firstSeenAt: doors.deps.clock().toISOString(),
      lastSeenAt: doors.deps.clock().toISOString(),
    },
  ]);
  expect(warnings()).toHaveLength(1);
});

test("a peer from elsewhere counts only with credentials, since anybody can send the header", async () => {
  await visit("203.0.113.5");
  expect(await listed()).toHaveLength(1);
  const ada = await addMember(doors, program, "Ada", "Analyst");
  await doors.caller({ ...forwarded, cookie: ada.cookie }, "203.0.113.5")("GET", "/api/v1/session");
  expect((await listed()).map(({ address }: { address: string }) => address)).toEqual([
    "172.18.0.2",
    "203.0.113.5",
  ]);
  expect((await ada.call("GET", "/api/v1/untrusted-proxies")).status).toBe(403);
});

test("doctor says what to set, and nothing once the proxy is trusted", async () => {
  const trusting = (...trustedProxies: string[]) => checkProxies(doors.deps.db, { trustedProxies });
  const [finding] = await trusting("203.0.113.5");
  expect(finding).toEqual({
    kind: "note",
    text: expect.stringMatching(
      /^172\.18\.0\.2 sends X-Forwarded-For .*TRUSTED_PROXIES=203\.0\.113\.5,172\.18\.0\.2/,
    ),
  });
  expect(await trusting("203.0.113.0/24", "172.16.0.0/12")).toEqual([]);
});

test("a proxy that was not seen for a day is not listed", async () => {
  doors.pass(20 * 60 * 60_000);
  await visit("172.18.0.2");
  doors.pass(5 * 60 * 60_000);
  expect((await listed()).map(({ address }: { address: string }) => address)).toEqual(["172.18.0.2"]);
  expect(warnings()).toHaveLength(2);
});

test("three requests that Slack signed at another time are told with the clock's offset", async () => {
  const { db, slack } = doors.deps;
  const secret = "8f742231b10e8888abcd99yyyzzz85a5";
  const signing_secret = slack.vault.seal(secret, secretPurpose("signing_secret"));
  await db.kysely.insertInto("slack_app").values({ mode: "http", signing_secret }).execute();
  const faults = async () => {
    await doors.deps.pending.settled();
    return (await program("GET", "/api/v1/setup-faults")).body.results;
  };
  const send = async (key: string) => {
    doors.pass(1000);
    const timestamp = `${Math.floor(doors.deps.clock().getTime() / 1000) - 423}`;
    const body = { type: "event_callback" };
    const signed = `v0:${timestamp}:${JSON.stringify(body)}`;
    const signature = `v0=${createHmac("sha256", key).update(signed).digest("hex")}`;
    const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": signature };
    const { status } = await doors.caller(headers)("POST", "/slack/events", body);
    expect(status).toBe(401);
    return (await faults()).length;
  };
  // Anybody can send those.
  for (const _ of [1, 2, 3]) expect(await send("another secret")).toBe(0);
  for (const expected of [0, 0, 1]) expect(await send(secret)).toBe(expected);
  expect((await faults())[0]).toMatchObject({
    fault: "stale",
    remedy: expect.stringContaining("7 minutes ahead"),
  });
});
