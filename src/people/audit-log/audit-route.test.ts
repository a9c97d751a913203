import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addMember,
  type Caller,
  type Member,
  openServer,
  type TestServer,
} from "../../../test/tocsin/server.ts";
import { chainEntries } from "./chain.ts";
import { csvCell } from "./export-entries.ts";

let server: TestServer;
let admin: Caller;
let ada: Member;
let grace: Member;

beforeAll(async () => {
  server = await openServer();
  admin = await server.program();
  ada = await addMember(server, admin, "Ada", "Admin");
  grace = await addMember(server, admin, "Grace", "Analyst");
  await grace.call("PATCH", `/api/v1/users/${ada.id}`, { role: "Analyst" });
  await ada.call("PATCH", `/api/v1/users/${grace.id}`, {
    role: "AnalystReadOnly",
    name: '=HYPERLINK("https://evil.example")',
  });
  await ada.call("PATCH", "/api/v1/settings", { commentRequired: true });
});
afterAll(() => server.close());

const list = async (query: string) => (await admin("GET", `/api/v1/audit-log${query}`)).body;
const sentences = async (query: string): Promise<string[]> =>
  (await list(query)).results.map(({ sentence }: { sentence: string }) => sentence);

test("an entry is a sentence with names", async () => {
  expect(await sentences("?limit=3")).toEqual([
    "Ada changed the setting “comment required” from off to on",
    'Ada changed =HYPERLINK("https://evil.example"): name from Grace to =HYPERLINK("https://evil.example"), role from Analyst to AnalystReadOnly',
    "Grace was refused: PATCH /api/v1/users/:id on Ada (role). This needs the permission Manage Users, which Grace doesn't have. People with the role Admin have it",
  ]);
});

test.each<[string, () => string, number]>([
  ["one person", () => `who=user:${grace.id}`, 2],
  ["two of them", () => `who=user:${grace.id},user:${ada.id}`, 5],
  ["the system", () => "who=system&action=api_token", 1],
  ["nobody by that id in Slack", () => "who=slack:U0NOBODY", 0],
  ["an action", () => "action=user.changed", 1],
  ["a group", () => "action=user", 5],
  ["refused calls", () => "action=call", 1],
  ["a type of target", () => "target=api_token", 1],
  ["a thing", () => `target=user:${grace.id}&action=user`, 3],
  ["refused", () => "outcome=refused", 1],
  ["accepted by Grace", () => `outcome=accepted&who=user:${grace.id}`, 1],
  ["words in any field, in any case", () => "q=hyperlink%20analystREADonly", 1],
  ["a per cent sign as it is", () => "q=%25", 0],
  ["a time to come", () => "after=2099-01-01T00:00:00Z", 0],
  ["a time that is over", () => "before=2000-01-01T00:00:00Z", 0],
])("entries are found by %s", async (_what, query, count) => {
  expect(await sentences(`?limit=50&${query()}`)).toHaveLength(count);
});

test("pages have every entry once, also those of one moment", async () => {
  await sql`insert into audit_log (id, at, actor_type, actor_name, action, outcome, via)
    select gen_random_uuid(), '2020-01-01 00:00:00.123456Z', 'system', 'Twin', 'settings.changed', 'ok', 'system'
    from generate_series(1, 7)`.execute(server.deps.db.kysely);
  const seen = new Set<string>();
  let cursor = "";
  for (let pages = 0; pages < 4; pages++) {
    const { results, next } = await list(`?limit=2&q=twin&cursor=${cursor}`.replace(/&cursor=$/, ""));
    for (const { id } of results) seen.add(id);
    cursor = next ?? "";
  }
  expect(seen.size).toBe(7);
  expect(cursor).toBe("");
});

test("wrong filters are refused with what would be right", async () => {
  for (const [query, field] of [
    ["who=ada", "who.0"],
    ["action=POST%20/x", "action.0"],
    ["outcome=ok", "outcome"],
    ["after=yesterday", "after"],
  ])
    expect((await list(`?${query}`)).errors[0].field).toBe(field);
});

test("an export has all that matches, oldest first, and is in the log itself", async () => {
  await chainEntries(server.deps.db);
  const { text, headers } = await ada.call("GET", `/api/v1/audit-log/export?format=jsonl&who=user:${ada.id}`);
  expect(headers).toMatchObject({
    "content-type": "application/jsonl; charset=utf-8",
    "content-disposition": expect.stringMatching(/^attachment; filename="audit-log-\d{4}-\d\d-\d\d\.jsonl"$/),
  });
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ action }) => action).slice(-2)).toEqual(["user.changed", "settings.changed"]);
  expect(lines.at(-1)).toMatchObject({
    outcome: "ok",
    chain: { seq: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  const [exported] = (await list("?limit=1")).results;
  expect(exported).toMatchObject({
    action: "audit_log.exported",
    data: { format: "jsonl", who: [`user:${ada.id}`] },
  });
  expect(exported.sentence).toBe("Ada exported the audit log");
});

test("an export as CSV can't start a formula", async () => {
  const { text } = await admin("GET", "/api/v1/audit-log/export?format=csv&action=user.changed");
  const [head, line] = text.split("\r\n");
  expect(head).toMatch(/^time,sentence,actor type/);
  expect(line).toContain(`,"'=HYPERLINK(""https://evil.example"")",`);
});

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["a=b", "a=b"],
  ['say "hi", all', '"say ""hi"", all"'],
  [null, ""],
  [12, "12"],
])("a cell %j is written as %s", (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test("an export of many entries is read in batches", async () => {
  const { kysely } = server.deps.db;
  await sql`insert into audit_log (id, at, actor_type, actor_name, action, outcome, via)
    select gen_random_uuid(), timestamptz '2019-01-01' + make_interval(secs => i / 3), 'system', 'Many', 'settings.changed', 'ok', 'system'
    from generate_series(1, 1200) i`.execute(kysely);
  const { text } = await admin("GET", "/api/v1/audit-log/export?format=jsonl&q=many");
  const ids = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).id);
  expect(new Set(ids).size).toBe(1200);
  expect(ids).toHaveLength(1200);
});

test("without View Audit Log nothing is shown or exported", async () => {
  expect((await grace.call("GET", "/api/v1/audit-log")).status).toBe(403);
  expect((await grace.call("GET", "/api/v1/audit-log/export?format=csv")).status).toBe(403);
});
