import { afterAll, beforeAll, expect, test } from "vitest";
import { recorded } from "../../../test/builders/parsed.ts";
import { type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { openIntake } from "../intake.ts";

let server: TestServer;
let program: Caller;

beforeAll(async () => {
  server = await openServer();
  const { deps } = server;
  deps.intake = openIntake(deps.db, { claiming: () => ({ room: 0, leaseSeconds: 0 }), onCommit: () => {} });
  program = await server.program();
});
afterAll(() => server.close());

interface Made {
  id: string;
  key: string;
}

const make = async (kind: string, name = kind): Promise<Made> =>
  (await program("POST", "/api/v1/sources", { kind, name, resolves: "always" })).body;

async function post(
  { id }: Made,
  payload: object | string,
  { path = "", headers = {} }: { path?: string; headers?: Record<string, string> } = {},
) {
  const url = `/api/v1/ingest/${id}${path}`;
  const answer = await server.app.inject({ method: "POST", url, headers, payload });
  return { status: answer.statusCode, body: answer.json() };
}

const alertsOf = async ({ id }: Made) => {
  const path = `/api/v1/alerts?source=${id}&status=OPEN,TRIAGED,RESOLVED,CLOSED`;
  const { body } = await program("GET", path);
  return body.results.map(({ title, status, eventCount }: Record<string, unknown>) => [
    title,
    status,
    eventCount,
  ]);
};

const enqueue = { path: "/v2/enqueue" };
const trigger = recorded("pagerduty-events-trigger");
const resolve = recorded("pagerduty-events-resolve");

test("a PagerDuty client triggers, repeats, acknowledges and resolves with the key in the body", async () => {
  const source = await make("pagerduty-events");
  const event = (more: object) => ({ ...trigger, routing_key: source.key, ...more });
  const success = { status: "success", message: "Event processed", dedup_key: "disk/web-1" };
  expect(await post(source, event({}), enqueue)).toEqual({ status: 202, body: success });
  expect(await post(source, event({}))).toEqual({ status: 202, body: success });
  expect(await post(source, event({ event_action: "acknowledge" }), enqueue)).toEqual({
    status: 202,
    body: success,
  });
  expect(await alertsOf(source)).toEqual([["Disk of web-1 is full", "OPEN", 2]]);
  expect((await post(source, { ...resolve, routing_key: source.key }, enqueue)).status).toBe(202);
  expect(await alertsOf(source)).toEqual([["Disk of web-1 is full", "RESOLVED", 2]]);
  const samples = await server.deps.db.kysely.selectFrom("alert_samples").select("event").execute();
  expect(JSON.stringify([samples, server.log])).not.toContain(source.key);
  const { body } = await program("GET", `/api/v1/sources/${source.id}`);
  expect(body.keys[0].lastUsedAt).not.toBeNull();
});

test("a PagerDuty trigger without a dedup_key is answered one that resolves it", async () => {
  const source = await make("pagerduty-events", "Without dedup_key");
  const { dedup_key, ...keyless } = { ...trigger, routing_key: source.key };
  const { body } = await post(source, keyless, enqueue);
  expect((await post(source, keyless, enqueue)).body.dedup_key).toBe(body.dedup_key);
  await post(source, { ...resolve, routing_key: source.key, dedup_key: body.dedup_key }, enqueue);
  expect(await alertsOf(source)).toEqual([["Disk of web-1 is full", "RESOLVED", 2]]);
});

test("an invalid PagerDuty event is refused in PagerDuty's words", async () => {
  const source = await make("pagerduty-events", "Strict");
  const { status, body } = await post(
    source,
    { ...trigger, routing_key: source.key, event_action: "resolve", dedup_key: "" },
    enqueue,
  );
  expect([status, body.status, body.errors]).toEqual([
    400,
    "invalid event",
    ["'dedup_key' should be the dedup_key of the event that is over"],
  ]);
});

test("a wrong, missing or foreign routing_key is refused; a key in a header works without one", async () => {
  const source = await make("pagerduty-events", "Keys");
  const other = await make("pagerduty-events", "Other keys");
  const native = await make("native");
  for (const routing_key of [undefined, "", 7, "tsk_wrong", other.key, `${source.key}x`])
    expect((await post(source, { ...trigger, routing_key }, enqueue)).status, String(routing_key)).toBe(401);
  expect((await post(source, `{"routing_key": "${source.key}"`, enqueue)).status).toBe(400);
  expect((await post(native, { title: "T", severity: "LOW", routing_key: native.key })).status).toBe(401);
  const { routing_key, ...event } = trigger;
  expect((await post(source, event, { headers: { "x-api-key": source.key } })).status).toBe(202);
});

const create = recorded("opsgenie-create");

test("an Opsgenie client creates, acknowledges and closes by alias with its GenieKey", async () => {
  const source = await make("opsgenie");
  const headers = { authorization: `GenieKey ${source.key}` };
  const processed = { status: 202, body: expect.objectContaining({ result: "Request will be processed" }) };
  expect(await post(source, create, { headers, path: "/v2/alerts" })).toEqual(processed);
  expect(await post(source, create, { headers, path: "/v2/alerts/" })).toEqual(processed);
  const alias = `/v2/alerts/${encodeURIComponent(create.alias)}`;
  const by = "?identifierType=alias";
  expect(await post(source, "", { headers, path: `${alias}/acknowledge${by}` })).toEqual(processed);
  expect(await alertsOf(source)).toEqual([["Disk of web-1 is full", "OPEN", 2]]);
  expect(await post(source, "", { headers, path: `${alias}/close${by}` })).toEqual(processed);
  expect(await post(source, { note: "over" }, { headers, path: `${alias}/close${by}` })).toEqual(processed);
  expect(await alertsOf(source)).toEqual([["Disk of web-1 is full", "RESOLVED", 2]]);
  const long = `/v2/alerts/${"a".repeat(512)}/close${by}`;
  expect(await post(source, "", { headers, path: long })).toEqual(processed);
  expect((await post(source, {}, { headers, path: "/v2/alerts" })).status).toBe(422);
  expect((await post(source, create, { headers: { authorization: "GenieKey wrong" } })).status).toBe(401);
});

test("a path that clients of another kind add is answered 404, with the right address", async () => {
  const source = await make("native", "Elsewhere");
  const headers = { "x-api-key": source.key };
  const { status, body } = await post(source, { title: "T" }, { headers, ...enqueue });
  expect([status, body.detail]).toEqual([404, expect.stringContaining("the address of the source alone")]);
});

test("a CloudEvent in binary mode is read from its headers, and counts once", async () => {
  const source = await make("cloudevents");
  const headers = {
    authorization: `Bearer ${source.key}`,
    "content-type": "application/json",
    "ce-specversion": "1.0",
    "ce-id": "1",
    "ce-type": "com.acme.finding",
    "ce-source": "/scanner/1",
  };
  const data = '{"title": "Outdated OpenSSL", "severity": "high", "asset": 12345678901234567890}';
  const outcomes = async (more: object) =>
    (await post(source, data, { headers: { ...headers, ...more } })).body.results[0].outcome;
  expect(await outcomes({})).toBe("opened");
  expect(await outcomes({})).toBe("duplicate");
  expect(await outcomes({ "ce-id": "2" })).toBe("joined");
  expect(await alertsOf(source)).toEqual([["Outdated OpenSSL", "OPEN", 2]]);
  const { body } = await program("GET", `/api/v1/alerts?source=${source.id}`);
  expect(body.results[0]).toMatchObject({ severity: "HIGH", detection: { id: "com.acme.finding" } });
});
