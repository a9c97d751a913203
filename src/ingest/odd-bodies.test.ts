import zlib from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { alertmanagerBody, oddBodies } from "../../test/builders/odd-bodies.ts";
import { type Caller, openServer, type TestServer } from "../../test/tocsin/server.ts";
import type { IngestResult } from "./contract.ts";
import { openIntake } from "./intake.ts";

let doors: TestServer;
let program: Caller;
const sources = new Map<string, { id: string; key: string }>();

beforeAll(async () => {
  doors = await openServer();
  const { deps } = doors;
  deps.intake = openIntake(deps.db, { claiming: () => ({ room: 0, leaseSeconds: 0 }), onCommit: () => {} });
  program = await doors.program();
  for (const kind of ["native", "panther", "alertmanager", "slack-webhook", "generic"])
    sources.set(kind, (await program("POST", "/api/v1/sources", { kind, name: `Odd ${kind}` })).body);
});
afterAll(() => doors.close());

async function post(kind: string, payload: Buffer | object, headers: Record<string, string> = {}) {
  const source = sources.get(kind);
  const answer = await doors.app.inject({
    method: "POST",
    url: `/api/v1/ingest/${source?.id}/`,
    payload,
    headers: { "content-type": "text/plain", "x-api-key": source?.key ?? "", ...headers },
  });
  const isJson = String(answer.headers["content-type"]).includes("json");
  return { status: answer.statusCode, ...(isJson && answer.json()) };
}

const outcomes = async (body: object): Promise<string[]> => {
  const { results } = await post("alertmanager", Buffer.from(JSON.stringify(body)));
  return results.map((result: IngestResult) => result.outcome);
};

const newest = async (kind: string, count: number) => {
  const query = `source=${sources.get(kind)?.id}&status=OPEN,TRIAGED,RESOLVED,CLOSED&limit=${count}`;
  const { results } = (await program("GET", `/api/v1/alerts?${query}`)).body;
  return Promise.all(
    results.reverse().map(async ({ id }: { id: string }) => {
      const { body } = await program("GET", `/api/v1/alerts/${id}`);
      const events = (await program("GET", `/api/v1/alerts/${id}/events`)).body.results;
      return { ...body, events: events.map(({ event }: { event: unknown }) => event) };
    }),
  );
};

test("generic takes any JSON value, also null, and keeps it as the event", async () => {
  for (const [index, value] of [null, null, false, 0, ""].entries()) {
    const answer = await post("generic", Buffer.from(JSON.stringify(value)));
    expect(answer).toMatchObject({ status: 202, results: [{ outcome: index === 0 ? "opened" : "joined" }] });
  }
  expect(await newest("generic", 1)).toMatchObject([{ events: [null, null, false, 0, ""] }]);
});

test.each(oddBodies)("$kind takes $what", async ({ kind, body, encoding, alerts, warnings }) => {
  const answer = await post(kind, body, encoding ? { "content-encoding": encoding } : {});
  expect(answer.status).toBe(kind === "slack-webhook" ? 200 : 202);
  if (kind !== "slack-webhook") {
    const warned = answer.results.map(
      (result: IngestResult) => result.warnings?.map(({ field }) => field) ?? [],
    );
    expect(warned).toEqual(warnings ?? alerts.map(() => []));
  }
  expect(await newest(kind, alerts.length)).toMatchObject(alerts);
});

test("the history of an alert says that its severity is the source's default", async () => {
  await post(
    "native",
    Buffer.from('[{"title": "Unknown word", "severity": "urgent"}, {"title": "No word"}]'),
  );
  const said = await Promise.all(
    (await newest("native", 2)).map(async ({ id }: { id: string }) => {
      const { results } = (await program("GET", `/api/v1/alerts/${id}/history`)).body;
      return results[0].sentence;
    }),
  );
  expect(said).toEqual([
    expect.stringContaining("(Medium, the source's default: “urgent” is not a known severity). Not routed"),
    expect.stringContaining("(Medium, the source's default: it named no severity). Not routed"),
  ]);
});

test("a source's own words for severities are read from the next request on", async () => {
  const path = `/api/v1/sources/${sources.get("native")?.id}`;
  const changed = await program("PATCH", path, {
    severityWords: { " Urgent ": "CRITICAL", "very bad": "HIGH" },
  });
  expect(changed.body.severityWords).toEqual({ urgent: "CRITICAL", "very bad": "HIGH" });
  doors.pass(2000);
  await post(
    "native",
    Buffer.from('[{"title": "w1", "severity": "URGENT"}, {"title": "w2", "severity": "Very-Bad"}]'),
  );
  expect(await newest("native", 2)).toMatchObject([{ severity: "CRITICAL" }, { severity: "HIGH" }]);
  const refused = await program("PATCH", path, { severityWords: { urgent: "URGENT" } });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: "severityWords.urgent" }] } });
  expect((await program("GET", "/api/v1/audit-log")).body.results[0]).toMatchObject({
    action: "source.changed",
    changes: { severityWords: { from: {}, to: { urgent: "CRITICAL" } } },
  });
});

test("one instant in three notations is one alert, and a repeat of its start is no new one", async () => {
  const firing = (startsAt: string) => outcomes(alertmanagerBody("43", "firing", startsAt));
  expect(await firing("2026-01-15T15:20:00Z")).toEqual(["opened"]);
  expect(await firing("2026-01-15T16:20:00+01:00")).toEqual(["joined"]);
  expect(await firing("2026-01-15T15:20:00.000Z")).toEqual(["joined"]);
});

test('a "resolved" whose start has moved resolves the alert, and a later start opens another', async () => {
  const send = (status: "firing" | "resolved", minute: number) =>
    outcomes(alertmanagerBody("11", status, `2026-01-15T15:${minute}:00Z`));
  expect(await send("firing", 10)).toEqual(["opened"]);
  expect(await send("firing", 12)).toEqual(["joined"]);
  expect(await send("firing", 12)).toEqual(["joined"]);
  const [alert] = await newest("alertmanager", 1);
  const { results } = (await program("GET", `/api/v1/alerts/${alert.id}/history`)).body;
  expect(
    results.map(({ kind }: { kind: string }) => kind).filter((kind: string) => kind === "started_again"),
  ).toHaveLength(1);
  expect(await send("resolved", 25)).toEqual(["resolved"]);
  expect(await send("resolved", 25)).toEqual(["ignored"]);
  expect(await send("firing", 30)).toEqual(["opened"]);
  expect(await send("resolved", 12)).toEqual(["ignored"]);
  expect(await send("resolved", 30)).toEqual(["resolved"]);
});

test("an alert that a person has closed takes repeats of its period, and a later start opens another", async () => {
  const send = (status: "firing" | "resolved", minute: number) =>
    outcomes(alertmanagerBody("12", status, `2026-01-15T15:${minute}:00Z`));
  await send("firing", 10);
  const [{ id }] = await newest("alertmanager", 1);
  await program("PATCH", `/api/v1/alerts/${id}`, { status: "RESOLVED" });
  expect(await send("firing", 10)).toEqual(["joined"]);
  expect(await send("firing", 11)).toEqual(["opened"]);
  // The first one was reopened: a resolved report of its own period means it, not the newest.
  await program("PATCH", `/api/v1/alerts/${id}`, { status: "OPEN" });
  expect(await send("resolved", 10)).toEqual(["joined"]);
  expect(await send("resolved", 12)).toEqual(["resolved"]);
});

test.each(["json", "", "a/b/c", "application/json; charset=utf-16", "image/png"])(
  "the content type %j does not matter",
  async (type) => {
    const body = Buffer.from(JSON.stringify({ title: `Sent as ${type}`, severity: "LOW" }));
    expect((await post("native", body, { "content-type": type })).status).toBe(202);
  },
);

test("GET on any ingest address is answered 405 with what to do", async () => {
  for (const id of ["nowhere", sources.get("native")?.id]) {
    const answer = await doors.app.inject({ method: "GET", url: `/api/v1/ingest/${id}` });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe("POST");
    expect(answer.json().detail).toContain("POST");
  }
});

test("a body that is too large, as sent or decoded, is answered 413 with the tool's own setting", async () => {
  const sent = await post("alertmanager", Buffer.alloc(1024 * 1024 + 1, "a"));
  expect(sent).toMatchObject({
    status: 413,
    detail: expect.stringMatching(/1 MiB\. Set max_alerts .*Alertmanager/),
  });
  const bomb = zlib.gzipSync(Buffer.alloc(11 * 1024 * 1024));
  const decoded = await post("native", bomb, { "content-encoding": "gzip" });
  expect(decoded).toMatchObject({
    status: 413,
    detail: "The body is larger than 10 MiB when it is decoded.",
  });
});

test("a body in an encoding that Tocsin doesn't know is refused with those it knows", async () => {
  expect(await post("native", Buffer.from("{}"), { "content-encoding": "compress" })).toMatchObject({
    status: 400,
    results: [{ outcome: "invalid", field: "Content-Encoding", expected: "gzip, deflate, br or zstd" }],
  });
});
