import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, openServer, publicUrl, type TestServer } from "../../test/tocsin/server.ts";
import { sourceFinder } from "./source-keys.ts";

let doors: TestServer;
let program: Caller;

beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
});
afterAll(() => doors.close());

const make = async (name: string) =>
  (await program("POST", "/api/v1/sources", { kind: "alertmanager", name })).body;

test("a new source has a URL and one key, which is shown once and stored as a hash", async () => {
  const made = await program("POST", "/api/v1/sources", { kind: "native", name: "Falcon" });
  const { id, key } = made.body;
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    url: `${publicUrl}/api/v1/ingest/${id}`,
    key: expect.stringMatching(/^tsk_[\w-]{43}$/),
    defaultSeverity: "MEDIUM",
    resolves: "untouched",
    keys: [{ hint: key.slice(-4), lastUsedAt: null }],
  });
  const later = [
    await program("GET", "/api/v1/sources"),
    await program("GET", `/api/v1/sources/${id}`),
    await program("GET", "/api/v1/audit-log?limit=50"),
  ];
  for (const { status, text } of later) {
    expect(status).toBe(200);
    expect(text).not.toContain(key);
  }
  const rows = await doors.deps.db.kysely.selectFrom("source_keys").selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(key);
});

test("source names are unique regardless of case, until the source is deleted", async () => {
  const { id } = await make("Prometheus");
  const again = { kind: "native", name: "PROMETHEUS" };
  const refused = await program("POST", "/api/v1/sources", again);
  expect(refused).toMatchObject({ status: 409, body: { errors: [{ field: "name" }] } });
  const other = await make("Loki");
  const renamed = await program("PATCH", `/api/v1/sources/${other.id}`, { name: "prometheus" });
  expect(renamed).toMatchObject({ status: 409, body: { errors: [{ field: "name" }] } });
  expect((await program("DELETE", `/api/v1/sources/${id}`)).status).toBe(204);
  expect((await program("POST", "/api/v1/sources", again)).status).toBe(201);
});

test("a change keeps the other fields, and an empty change keeps all", async () => {
  const { id } = await make("Grafana");
  const changed = await program("PATCH", `/api/v1/sources/${id}`, { resolves: "never" });
  expect(changed.body).toMatchObject({ name: "Grafana", resolves: "never", defaultSeverity: "MEDIUM" });
  const cardFields = ["labels.pod", "host"];
  const chosen = await program("PATCH", `/api/v1/sources/${id}`, { cardFields });
  expect(chosen.body).toMatchObject({ cardFields, resolves: "never" });
  expect((await program("PATCH", `/api/v1/sources/${id}`, { cardFields: [""] })).status).toBe(400);
  const same = await program("PATCH", `/api/v1/sources/${id}`, {});
  expect(same.body).toEqual(chosen.body);
});

test("key rotation has no gap: two keys are valid, a third is refused, a deleted one ends", async () => {
  const { id, key: first, keys } = await make("Rotating");
  const find = sourceFinder(doors.deps.db, doors.deps.clock);
  const second = await program("POST", `/api/v1/sources/${id}/keys`);
  expect(second.status).toBe(201);
  expect(await find(id, first)).toMatchObject({ id, kind: "alertmanager" });
  expect(await find(id, second.body.key)).toMatchObject({ id });
  const third = await program("POST", `/api/v1/sources/${id}/keys`);
  expect(third).toMatchObject({ status: 409, body: { detail: expect.stringContaining("two valid keys") } });
  expect((await program("DELETE", `/api/v1/sources/${id}/keys/${keys[0].id}`)).status).toBe(204);
  doors.pass(1000);
  expect(await find(id, first)).toBeNull();
  expect(await find(id, second.body.key)).toMatchObject({ id });
  expect((await program("DELETE", `/api/v1/sources/${id}/keys/${keys[0].id}`)).status).toBe(404);
});

test("concurrent requests can't create a third key", async () => {
  const { id } = await make("Hasty");
  const both = await Promise.all([1, 2, 3].map(() => program("POST", `/api/v1/sources/${id}/keys`)));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test("a key works for its own source only", async () => {
  const [one, two] = [await make("One"), await make("Two")];
  const find = sourceFinder(doors.deps.db, doors.deps.clock);
  expect(await find(one.id, one.key)).toMatchObject({ name: "One" });
  for (const [id, key] of [
    [one.id, two.key],
    [two.id, one.key],
    ["not-a-uuid", one.key],
    [one.id, ""],
  ]) {
    expect(await find(id, key), `${id} ${key}`).toBeNull();
  }
});

test("the last use of a key is shown, and keys of a deleted source stop working", async () => {
  const { id, key } = await make("Ending");
  const find = sourceFinder(doors.deps.db, doors.deps.clock);
  await find(id, key);
  const { body } = await program("GET", `/api/v1/sources/${id}`);
  expect(body.keys[0].lastUsedAt).not.toBeNull();
  await program("DELETE", `/api/v1/sources/${id}`);
  doors.pass(1000);
  expect(await find(id, key)).toBeNull();
  expect((await program("GET", `/api/v1/sources/${id}`)).status).toBe(404);
  expect((await program("POST", `/api/v1/sources/${id}/keys`)).status).toBe(404);
});

test("a source shows its own keys that are valid, and each change of it is in the audit log", async () => {
  const { id } = await make("Audited");
  const other = await make("Another");
  const path = `/api/v1/sources/${id}`;
  const keysOf = async () => (await program("GET", path)).body.keys.map((key: { id: string }) => key.id);
  const [first] = await keysOf();
  const { body: second } = await program("POST", `${path}/keys`);
  expect(await keysOf()).toEqual([first, second.id]);
  expect((await program("DELETE", `${path}/keys/${first}`)).status).toBe(204);
  expect(await keysOf()).toEqual([second.id]);
  await program("PATCH", path, { resolves: "never" });
  expect((await program("DELETE", path)).status).toBe(204);
  expect((await program("DELETE", path)).status).toBe(404);
  const { body: log } = await program("GET", "/api/v1/audit-log?limit=50");
  const about = (source: string) =>
    log.results
      .filter(({ target }: { target: { id: string } }) => target.id === source)
      .map(({ action, outcome }: { action: string; outcome: string }) => `${action} ${outcome}`);
  expect(about(id)).toEqual(
    ["deleted", "changed", "key_revoked", "key_created", "created"].map((what) => `source.${what} ok`),
  );
  expect(about(other.id)).toEqual(["source.created ok"]);
});

test("the list of sources is paginated", async () => {
  const first = await program("GET", "/api/v1/sources?limit=2");
  const second = await program("GET", `/api/v1/sources?limit=2&cursor=${first.body.next}`);
  const ids = [...first.body.results, ...second.body.results].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(4);
});

test("the kinds of sources are listed with all that is needed to try one", async () => {
  const reader = await doors.program(["View Sources"]);
  const { status, body } = await reader("GET", "/api/v1/source-kinds");
  expect([status, body.next]).toEqual([200, null]);
  expect(body.results[0]).toEqual({
    kind: "native",
    label: "Tocsin (JSON)",
    forAnyTool: true,
    setup: expect.stringContaining("X-API-Key"),
    config: null,
    sample: expect.objectContaining({ severity: "LOW" }),
    keyInQuery: false,
    byExpressions: false,
  });
  const other = await doors.program(["View Alerts"]);
  expect((await other("GET", "/api/v1/source-kinds")).status).toBe(403);
});

test("an unknown kind is refused, and the answer lists the known ones", async () => {
  const { status, body } = await program("POST", "/api/v1/sources", { kind: "nagios", name: "Nagios" });
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ field: "kind", detail: expect.stringContaining('"alertmanager"') }]);
});

test("a source of a kind that only a newer version knows is listed, and its reports are asked for again", async () => {
  const { id, key } = await make("From tomorrow");
  await doors.deps.db.kysely.updateTable("sources").set({ kind: "novel" }).where("id", "=", id).execute();
  expect((await program("GET", `/api/v1/sources/${id}`)).body.kind).toBe("novel");
  const answer = await doors.caller({ "x-api-key": key })("POST", `/api/v1/ingest/${id}`, {});
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "60" } });
});

test("creating a source needs Manage Sources", async () => {
  const reader = await doors.program(["View Sources"]);
  expect((await reader("GET", "/api/v1/sources")).status).toBe(200);
  const refused = await reader("POST", "/api/v1/sources", { kind: "native", name: "Mine" });
  expect(refused).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining("Manage Sources") },
  });
});

test("an expression that can't be parsed, or that the kind reads itself, is refused with its place", async () => {
  const { id } = await make("With expressions");
  const change = (expressions: unknown) => program("PATCH", `/api/v1/sources/${id}`, { expressions });
  const refused = await change({ identity: "labels.(", title: "labels.alertname" });
  expect(refused).toMatchObject({
    status: 400,
    body: {
      errors: [
        { field: "expressions.title", detail: expect.stringContaining("identity, dedupString") },
        { field: "expressions.identity", detail: expect.stringContaining("at character 8") },
      ],
    },
  });
  expect((await change({ identity: "x".repeat(2001) })).status).toBe(400);
  expect((await change({ other: "labels" })).status).toBe(400);
  const stored = await change({ identity: "labels.alertname" });
  expect(stored.body.expressions).toEqual({ identity: "labels.alertname" });
  expect((await change(null)).body.expressions).toBeNull();
});

test("a preview shows the alert, its card, and where in the sample an expression went wrong; it stores nothing", async () => {
  const preview = (expressions: unknown, sample: string) =>
    program("POST", "/api/v1/sources/preview", { kind: "generic", name: "Plant", expressions, sample });
  const sample = JSON.stringify({ site: "north", events: [{ name: "Door", level: 99, host: { id: "g1" } }] });
  const { status, body } = await preview(
    {
      reports: "events",
      title: "name",
      severity: "level",
      description: "host.name",
      runbook: "$uppercase(level)",
    },
    sample,
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ reports: 1, problem: null, bad: [] });
  const [{ alert, card, warnings, picks }] = body.results;
  expect(alert).toMatchObject({ title: "Door", severity: "MEDIUM", says: "firing", periodMinutes: 60 });
  expect(card[0]).toEqual({ kind: "heading", text: "🟠 MEDIUM  Door" });
  expect(warnings.map(({ field }: { field: string }) => field)).toEqual(["severity", "runbook"]);
  expect(picks).toMatchObject([
    { field: "title", value: '"Door"', read: { path: ["events", 0, "name"] } },
    { field: "severity", value: "99", read: { path: ["events", 0, "level"] } },
    { field: "description", read: { path: ["events", 0, "host", "name"], has: ["id"] } },
    {
      field: "runbook",
      fault: expect.stringContaining("It met 99"),
      at: 1,
      read: { path: ["events", 0, "level"] },
    },
  ]);
  const half = await preview({ reports: "events", title: "name", tags: "(" }, sample);
  expect(half.body).toMatchObject({ bad: [{ field: "tags" }], results: [{ alert: { title: "Door" } }] });
  expect((await preview({ title: "a" }, "{nonsense")).body.problem).toMatchObject({ field: "body" });
  const alerts = await doors.deps.db.kysely.selectFrom("alerts").select("id").execute();
  expect(alerts).toEqual([]);
  const viewer = await doors.program(["View Sources"]);
  const denied = await viewer("POST", "/api/v1/sources/preview", {
    kind: "generic",
    name: "",
    expressions: {},
    sample,
  });
  expect(denied.status).toBe(403);
});
