import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addMember,
  type Caller,
  type Member,
  openServer,
  signInAs,
  type TestServer,
} from "../../../test/tocsin/server.ts";
import { type Permission, permissions } from "../../alert/permission.ts";

let doors: TestServer;
let program: Caller;
let ada: Member;

beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
  ada = await addMember(doors, program, "Ada", "Admin");
});
afterAll(() => doors.close());

const create = async (by: Caller, name: string, held: readonly Permission[]) =>
  by("POST", "/api/v1/roles", { name, permissions: held });
const change = (by: Caller, { id }: { id: string }, body: object) => by("PATCH", `/api/v1/roles/${id}`, body);
const made = async (name: string, ...held: Permission[]) => (await create(program, name, held)).body;
const setUser = (by: Caller, { id }: { id: string }, body: object) =>
  by("PATCH", `/api/v1/users/${id}`, body);

test("a role is created, read, changed and deleted, and the audit log says from what to what", async () => {
  const { status, body: role } = await create(ada.call, " First line ", [
    "Manage Alerts",
    "View Alerts",
    "View Alerts",
  ]);
  expect(status).toBe(201);
  expect(role).toEqual({
    id: role.id,
    name: "First line",
    permissions: ["View Alerts", "Manage Alerts"],
    builtIn: false,
    users: 0,
  });
  expect((await ada.call("GET", `/api/v1/roles/${role.id}`)).body).toEqual(role);
  const changed = await change(ada.call, role, { name: "Second line", permissions: ["View Alerts"] });
  expect(changed.body).toMatchObject({ name: "Second line", permissions: ["View Alerts"] });
  expect((await ada.call("DELETE", `/api/v1/roles/${role.id}`)).status).toBe(204);
  expect((await ada.call("GET", `/api/v1/roles/${role.id}`)).status).toBe(404);
  const { results } = (await ada.call("GET", "/api/v1/audit-log?limit=3")).body;
  expect(results).toMatchObject([
    {
      action: "role.deleted",
      target: { type: "role", id: role.id, name: "Second line" },
      changes: { name: { from: "Second line", to: null }, permissions: { from: ["View Alerts"], to: null } },
    },
    {
      action: "role.changed",
      actor: { name: "Ada" },
      changes: {
        name: { from: "First line", to: "Second line" },
        permissions: { from: ["View Alerts", "Manage Alerts"], to: ["View Alerts"] },
      },
    },
    { action: "role.created", changes: { name: { to: "First line" } } },
  ]);
});

test("the built-in roles are listed with how many people have each, and stay as they are", async () => {
  const { results } = (await ada.call("GET", "/api/v1/roles?limit=3")).body;
  expect(results).toMatchObject([
    { name: "Admin", builtIn: true, users: 1, permissions: [...permissions] },
    { name: "Analyst", builtIn: true, users: 0 },
    { name: "AnalystReadOnly", builtIn: true, users: 0 },
  ]);
  const [, analyst] = results;
  expect(await change(ada.call, analyst, { permissions: [] })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("built-in") },
  });
  expect((await ada.call("DELETE", `/api/v1/roles/${analyst.id}`)).status).toBe(409);
});

test("the name of a role is unique, ignoring case", async () => {
  const role = await made("Responders", "View Alerts");
  const taken = { status: 409, body: { errors: [{ field: "name" }] } };
  expect(await create(ada.call, "RESPONDERS", [])).toMatchObject(taken);
  expect(await create(ada.call, "admin", [])).toMatchObject(taken);
  expect(await change(ada.call, role, { name: "analyst" })).toMatchObject(taken);
  expect((await change(ada.call, role, { name: "responders" })).body.name).toBe("responders");
});

test("nobody can grant what they lack by a role, nor change a role that may do more", async () => {
  const lead = await made("Lead", "View Alerts", "View Users", "Manage Users");
  const strong = await made("Strong", "View Alerts", "Manage Settings");
  const grace = await addMember(doors, program, "Grace", "Lead");
  const eve = await addMember(doors, program, "Eve", "AnalystReadOnly");
  const settings = { status: 403, body: { detail: expect.stringContaining("Manage Settings") } };
  expect(await create(grace.call, "Mine", ["Manage Settings"])).toMatchObject(settings);
  expect(
    await change(grace.call, lead, { permissions: [...lead.permissions, "Manage Settings"] }),
  ).toMatchObject({
    ...settings,
    body: { errors: [{ field: "permissions" }] },
  });
  expect(await change(grace.call, strong, { name: "Weak" })).toMatchObject(settings);
  expect(await grace.call("DELETE", `/api/v1/roles/${strong.id}`)).toMatchObject(settings);
  expect((await setUser(grace.call, eve, { role: "Lead" })).status).toBe(403);
  const invited = { email: "kim@example.com", name: "Kim", role: "Strong" };
  expect(await grace.call("POST", "/api/v1/users", invited)).toMatchObject(settings);
  expect((await create(grace.call, "Readers", ["View Alerts"])).status).toBe(201);
  expect((await grace.call("POST", "/api/v1/users", { ...invited, role: "Readers" })).status).toBe(201);
  // What a role loses, its people lose at once, and so do their tokens.
  await program("PATCH", `/api/v1/roles/${lead.id}`, {
    permissions: ["View Alerts", "Manage API Tokens", "View Users"],
  });
  const token = await grace.call("POST", "/api/v1/api-tokens", {
    name: "Script",
    permissions: ["View Users"],
  });
  const script = doors.caller({ "x-api-key": token.body.token });
  expect((await script("GET", "/api/v1/roles")).status).toBe(200);
  expect((await create(grace.call, "Another", [])).status).toBe(403);
  await change(program, lead, { permissions: ["View Alerts"] });
  expect((await script("GET", "/api/v1/roles")).status).toBe(403);
  expect((await grace.call("GET", "/api/v1/roles")).status).toBe(403);
  await change(program, lead, { permissions: ["View Alerts", "View Users"] });
  expect((await script("GET", "/api/v1/roles")).status).toBe(200);
});

test("a role is deleted only when nobody has it, and the refusal says who has it", async () => {
  const role = await made("Night shift", "View Alerts");
  const ivan = await addMember(doors, program, "Ivan", "Night shift");
  const judy = await addMember(doors, program, "Judy", "Night shift");
  await setUser(program, judy, { enabled: false });
  expect(await ada.call("DELETE", `/api/v1/roles/${role.id}`)).toMatchObject({
    status: 409,
    body: { detail: "Ivan and Judy (disabled) have the role Night shift. Give them another role first." },
  });
  expect((await ada.call("GET", `/api/v1/roles/${role.id}`)).body.users).toBe(2);
  for (const one of [ivan, judy]) await setUser(program, one, { role: "Analyst" });
  expect((await ada.call("DELETE", `/api/v1/roles/${role.id}`)).status).toBe(204);
});

test("one of two admins keeps Manage Users when both lose it at the same time by their roles", async () => {
  const roles = [
    await made("East", "View Users", "Manage Users"),
    await made("West", "View Users", "Manage Users"),
  ];
  const lou = await addMember(doors, program, "Lou", "East");
  const max = await addMember(doors, program, "Max", "West");
  await setUser(program, ada, { role: "Analyst" });
  const shrunk = { permissions: ["View Users"] };
  const both = await Promise.all(roles.map((role) => change(program, role, shrunk)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const kept = both[0]?.status === 409 ? 0 : 1;
  expect(both[kept]?.body).toMatchObject({ errors: [{ field: "permissions" }] });
  // By a role and by a user at the same time.
  for (const role of roles) await change(program, role, { permissions: ["View Users", "Manage Users"] });
  const mixed = await Promise.all([
    change(program, roles[0], shrunk),
    setUser(program, max, { enabled: false }),
  ]);
  expect(mixed.map(({ status }) => status).sort()).toEqual([200, 409]);
  await setUser(program, max, { enabled: true });
  await change(program, roles[0], { permissions: ["View Users", "Manage Users"] });
  await setUser(program, ada, { role: "Admin" });
  expect(lou.id).not.toBe(max.id);
});

test("changes of roles need a session that was confirmed just now", async () => {
  doors.pass(6 * 60 * 1000);
  const confirm = { status: 403, body: { type: "urn:tocsin:confirm-session" } };
  expect(await create(ada.call, "Late", [])).toMatchObject(confirm);
  ada = await signInAs(doors, ada);
  expect((await create(ada.call, "Late", [])).status).toBe(201);
});

test("there are at most 100 roles", async () => {
  const rows = Array.from({ length: 100 }, (_, at) => ({ id: uuid(), name: `Role ${at}`, permissions: [] }));
  await doors.deps.db.kysely.insertInto("roles").values(rows).execute();
  expect(await create(ada.call, "One more", [])).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("100 roles") },
  });
});
