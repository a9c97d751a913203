import { afterAll, beforeAll, expect, test } from "vitest";
import { addMember, type Caller, openServer, type TestServer } from "../../test/tocsin/server.ts";

let doors: TestServer;
let program: Caller;
beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
});
afterAll(() => doors.close());

const change = (body: object, by = program) => by("PATCH", "/api/v1/settings", body);
const read = async () => (await program("GET", "/api/v1/settings")).body;

test("a change of settings keeps absent ones and is in the audit log", async () => {
  const usual = await read();
  expect(usual).toMatchObject({ commentRequired: false });
  expect(usual.boomerangEmailFields).toContain("email");
  expect((await change({ commentRequired: true })).body).toEqual({ ...usual, commentRequired: true });
  const fields = ["owner", "actor.alternateId"];
  expect((await change({ boomerangEmailFields: fields })).body).toEqual({
    ...usual,
    commentRequired: true,
    boomerangEmailFields: fields,
    maxTokenDays: null,
  });
  const audited = (await program("GET", "/api/v1/audit-log")).body.results;
  expect(audited[0]).toMatchObject({
    action: "settings.changed",
    outcome: "ok",
    changes: { boomerangEmailFields: { from: usual.boomerangEmailFields, to: fields } },
  });
  await change({ commentRequired: false, boomerangEmailFields: null });
  expect(await read()).toEqual(usual);
});

test.each([
  [{}, "body"],
  [{ commentRequired: "yes" }, "commentRequired"],
  [{ boomerangEmailFields: ["user name"] }, "boomerangEmailFields.0"],
  [{ boomerangEmailFields: ["a", "actor."] }, "boomerangEmailFields.1"],
  [{ boomerangEmailFields: Array(31).fill("a") }, "boomerangEmailFields"],
  [{ maxTokenDays: 0 }, "maxTokenDays"],
  [{ retention: 1 }, "retention"],
  [{ keepAlertsDays: 29 }, "keepAlertsDays"],
  [{ keepAlertsDays: 3651 }, "keepAlertsDays"],
  [{ keepSamplesDays: 0 }, "keepSamplesDays"],
  [{ keepSamplesDays: 1.5 }, "keepSamplesDays"],
  [{ keepAuditLogYears: "5" }, "keepAuditLogYears"],
  [{ keepAuditLogYears: 21 }, "keepAuditLogYears"],
])("settings %j are refused with their field and change nothing", async (body, field) => {
  const before = await read();
  const { status, body: refused } = await change(body);
  expect([status, refused.errors[0].field]).toEqual([400, field]);
  expect(await read()).toEqual(before);
});

test("the times that data is kept can be set and restored, and an error names the bounds", async () => {
  const usual = { keepAlertsDays: 400, keepSamplesDays: 90, keepAuditLogYears: 5 };
  expect(await read()).toMatchObject(usual);
  const set = { keepAlertsDays: 30, keepSamplesDays: 3650, keepAuditLogYears: 1 };
  expect((await change(set)).body).toMatchObject(set);
  const { body } = await change({ keepAlertsDays: 7 });
  expect(body.errors[0].detail).toContain("must be a whole number from 30 to 3650 (days)");
  const nothing = { keepAlertsDays: null, keepSamplesDays: null, keepAuditLogYears: null };
  expect((await change(nothing)).body).toMatchObject(usual);
});

test("reading and changing settings needs Manage Settings", async () => {
  const { call } = await addMember(doors, program, "Grace", "Analyst");
  expect((await call("GET", "/api/v1/settings")).status).toBe(403);
  expect((await change({ commentRequired: true }, call)).status).toBe(403);
});
