import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addMember,
  type Caller,
  type Member,
  openServer,
  password,
  publicUrl,
  signInAs,
  type TestServer,
} from "../../test/tocsin/server.ts";
import type { Permission } from "../alert/permission.ts";

let doors: TestServer;
let program: Caller;
let ada: Member;
let grace: Member;

beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
  ada = await addMember(doors, program, "Ada", "Admin");
  grace = await addMember(doors, program, "Grace", "Admin");
});
afterAll(() => doors.close());

const change = (by: Caller, { id }: { id: string }, body: object) => by("PATCH", `/api/v1/users/${id}`, body);
const makeToken = async (by: Caller, permissions: Permission[], more: object = {}) => {
  const answer = await by("POST", "/api/v1/api-tokens", { name: "script", permissions, ...more });
  const call = doors.caller({ authorization: `Bearer ${answer.body.token}` });
  return { ...answer, id: String(answer.body.id), call, secret: String(answer.body.token) };
};

test("an email belongs to one user, ignoring case", async () => {
  const twin = { email: "ADA@Example.com", name: "Twin", role: "Analyst" };
  expect(await program("POST", "/api/v1/users", twin)).toMatchObject({
    status: 409,
    body: { errors: [{ field: "email", detail: expect.stringContaining("ADA@Example.com") }] },
  });
  expect((await change(ada.call, grace, { email: "ada@EXAMPLE.com" })).status).toBe(409);
  expect((await change(ada.call, ada, { email: "Ada@example.com" })).body.email).toBe("Ada@example.com");
});

test("an unknown role is refused with the existing roles", async () => {
  const eve = { email: "eve@example.com", name: "Eve", role: "Root" };
  const { status, body } = await program("POST", "/api/v1/users", eve);
  expect(status).toBe(400);
  expect(body.errors).toEqual([
    { field: "role", detail: "There is no role Root. Existing roles: Admin, Analyst, AnalystReadOnly." },
  ]);
});

test("a caller can't create, change or link users with more permissions", async () => {
  const limited = await doors.program(["View Users", "Manage Users", "View Alerts"]);
  const mallory = { email: "mallory@example.com", name: "Mallory", role: "Admin" };
  const made = await limited("POST", "/api/v1/users", mallory);
  expect([made.status, made.body.detail]).toEqual([403, expect.stringContaining("Manage Settings")]);
  expect((await change(limited, ada, { email: "mallory@example.com" })).status).toBe(403);
  expect((await change(limited, ada, { enabled: false })).status).toBe(403);
  expect((await limited("POST", `/api/v1/users/${ada.id}/password-link`)).status).toBe(403);
  expect((await limited("DELETE", `/api/v1/users/${ada.id}`)).status).toBe(403);
});

test("one of two admins disabled at the same time stays enabled", async () => {
  const both = await Promise.all([
    change(program, grace, { enabled: false }),
    change(program, ada, { enabled: false }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [left, gone] = both[0].status === 200 ? [ada, grace] : [grace, ada];
  expect((await change(left.call, left, { role: "Analyst" })).body.detail).toMatch(/last enabled user/);
  expect((await left.call("DELETE", `/api/v1/users/${left.id}`)).status).toBe(409);
  await change(left.call, gone, { enabled: true });
  [ada, grace] = [await signInAs(doors, ada), await signInAs(doors, grace)];
});

test("a token has only its permissions and can't grant others", async () => {
  const { call } = await makeToken(ada.call, ["View Users", "Manage API Tokens"]);
  expect((await call("GET", "/api/v1/users")).status).toBe(200);
  expect((await call("GET", "/api/v1/audit-log")).status).toBe(403);
  expect(await makeToken(call, ["Manage Users"])).toMatchObject({
    status: 403,
    body: { errors: [{ field: "permissions" }] },
  });
  const child = await makeToken(call, ["View Users"]);
  expect(child.body).toMatchObject({ createdBy: ada.id, permissions: ["View Users"] });
});

test("a token loses its maker's lost permissions, one from the command line none", async () => {
  const ivan = await addMember(doors, program, "Ivan", "Admin");
  const parent = await makeToken(ivan.call, ["View Users", "View Alerts", "Manage API Tokens"]);
  const child = await makeToken(parent.call, ["View Users"]);
  await change(ada.call, ivan, { role: "Analyst" });
  for (const { call } of [parent, child]) expect((await call("GET", "/api/v1/users")).status).toBe(403);
  await change(ada.call, ivan, { role: "Admin" });
  expect((await child.call("GET", "/api/v1/users")).status).toBe(200);
  expect((await program("GET", "/api/v1/users")).status).toBe(200);
});

test("disabling or deleting a user revokes their tokens for good", async () => {
  const kim = await addMember(doors, program, "Kim", "Admin");
  for (const end of [
    () => change(ada.call, kim, { enabled: false }),
    () => ada.call("DELETE", `/api/v1/users/${kim.id}`),
  ]) {
    const parent = await makeToken((await signInAs(doors, kim)).call, ["View Users", "Manage API Tokens"]);
    const child = await makeToken(parent.call, ["View Users"]);
    await end();
    await change(ada.call, kim, { enabled: true });
    for (const { call } of [parent, child]) {
      expect(await call("GET", "/api/v1/users")).toMatchObject({ status: 401, body: { detail: /revoked/ } });
    }
    const { body } = await ada.call("GET", "/api/v1/audit-log");
    const revoked = body.results.filter((entry: { action: string }) => entry.action === "api_token.revoked");
    const ids = revoked.map((entry: { target: { id: string } }) => entry.target.id);
    expect(ids).toEqual(expect.arrayContaining([parent.id, child.id]));
    expect((await program("GET", "/api/v1/users")).status).toBe(200);
  }
});

test("revoking a token revokes the tokens created with it", async () => {
  const parent = await makeToken(ada.call, ["View Users", "Manage API Tokens"]);
  const child = await makeToken(parent.call, ["View Users"]);
  expect((await ada.call("DELETE", `/api/v1/api-tokens/${parent.id}`)).status).toBe(204);
  for (const { call } of [parent, child]) {
    expect(await call("GET", "/api/v1/users")).toMatchObject({ status: 401, body: { detail: /revoked/ } });
  }
  expect((await ada.call("DELETE", `/api/v1/api-tokens/${parent.id}`)).status).toBe(404);
});

test("a token expires, and tokens created with it expire with it", async () => {
  const inAnHour = new Date(doors.deps.clock().getTime() + 60 * 60 * 1000).toISOString();
  const parent = await makeToken(program, ["View Users", "Manage API Tokens"], { expiresAt: inAnHour });
  const child = await makeToken(parent.call, ["View Users"]);
  expect(child.body.expiresAt).toBe(inAnHour);
  const longer = await makeToken(parent.call, ["View Users"], { expiresAt: "2999-01-01T00:00:00Z" });
  expect(longer.body.errors[0].field).toBe("expiresAt");
  doors.pass(60 * 60 * 1000);
  expect(await child.call("GET", "/api/v1/users")).toMatchObject({
    status: 401,
    body: { detail: /expired/ },
  });
});

test("a token with CIDR ranges works only from these", async () => {
  const wrong = await makeToken(program, ["View Users"], { cidrs: ["10.0.0.0/8", "example.com"] });
  expect(wrong.body.errors[0]).toMatchObject({
    field: "cidrs",
    detail: expect.stringMatching(/^example.com/),
  });
  const { secret } = await makeToken(program, ["View Users"], { cidrs: ["10.0.0.0/8", "2001:db8::/32"] });
  const from = async (ip: string) =>
    (await doors.caller({ "x-api-key": secret }, ip)("GET", "/api/v1/users")).status;
  expect(await from("10.1.2.3")).toBe(200);
  expect(await from("::ffff:10.1.2.3")).toBe(200);
  expect(await from("2001:db8::1")).toBe(200);
  expect(await from("192.0.2.1")).toBe(401);
});

test("a token that a token makes works only from the same addresses or fewer", async () => {
  const parent = await makeToken(program, ["View Users", "Manage API Tokens"], { cidrs: ["192.0.2.0/24"] });
  const heir = await makeToken(parent.call, ["View Users"]);
  expect(heir.body.cidrs).toEqual(["192.0.2.0/24"]);
  const narrow = await makeToken(parent.call, ["View Users"], { cidrs: ["192.0.2.8/32"] });
  expect(narrow.body.cidrs).toEqual(["192.0.2.8/32"]);
  const elsewhere = doors.caller({ "x-api-key": heir.secret }, "198.51.100.1");
  expect((await elsewhere("GET", "/api/v1/users")).status).toBe(401);
  const wider = await makeToken(parent.call, ["View Users"], { cidrs: ["0.0.0.0/0"] });
  expect(wider).toMatchObject({ status: 400, body: { errors: [{ field: "cidrs" }] } });
});

test("the longest life of tokens holds when they are made and when they are used", async () => {
  const day = 24 * 60 * 60 * 1000;
  const inDays = (days: number) => new Date(doors.deps.clock().getTime() + days * day).toISOString();
  const old = await makeToken(program, ["View Users"]);
  const longest = (maxTokenDays: number | null) => program("PATCH", "/api/v1/settings", { maxTokenDays });
  expect((await longest(0)).body.errors[0].field).toBe("maxTokenDays");
  await longest(7);
  const session = await ada.call("GET", "/api/v1/session");
  expect(session.body.maxTokenDays).toBe(7);
  await ada.call("POST", "/api/v1/session/confirm", { password });
  const made = await makeToken(ada.call, ["View Users"]);
  expect(Date.parse(made.body.expiresAt) - Date.parse(made.body.createdAt)).toBe(7 * day);
  const refused = await makeToken(ada.call, ["View Users"], { expiresAt: inDays(8) });
  expect(refused.body.errors[0]).toMatchObject({
    field: "expiresAt",
    detail: expect.stringContaining("at most 7 days"),
  });
  expect((await makeToken(ada.call, ["View Users"], { expiresAt: inDays(6) })).status).toBe(201);
  // What a token makes ends with it, and by the longest life at the latest.
  const maker: Permission[] = ["View Users", "Manage API Tokens"];
  const short = await makeToken(ada.call, maker, { expiresAt: inDays(6) });
  expect((await makeToken(short.call, ["View Users"])).body.expiresAt).toBe(short.body.expiresAt);
  await longest(5);
  const heir = (await makeToken(short.call, ["View Users"])).body;
  expect(Date.parse(heir.expiresAt) - Date.parse(heir.createdAt)).toBe(5 * day);
  doors.pass(3 * day);
  expect((await old.call("GET", "/api/v1/users")).status).toBe(200);
  await longest(2);
  const { status, body } = await old.call("GET", "/api/v1/users");
  expect([status, body.detail]).toEqual([401, expect.stringContaining("older than the 2 days")]);
  const admin = await signInAs(doors, ada);
  const { body: lifted } = await admin.call("PATCH", "/api/v1/settings", { maxTokenDays: null });
  expect(lifted.maxTokenDays).toBeNull();
  const { results } = (await admin.call("GET", "/api/v1/api-tokens")).body;
  expect(results.find(({ id }: { id: string }) => id === heir.id).expiresAt).toBe(heir.expiresAt);
  expect((await old.call("GET", "/api/v1/users")).status).toBe(200);
});

test("a secret is only in the answer that creates it", async () => {
  await ada.call("POST", "/api/v1/session/confirm", { password });
  const token = await makeToken(ada.call, ["View Users"]);
  const eve = await ada.call("POST", "/api/v1/users", {
    email: "eve@example.com",
    name: "Eve",
    role: "Analyst",
  });
  const secrets = [
    token.secret,
    new URL(eve.body.setPasswordUrl).hash.slice(1),
    ada.cookie.split("=")[1] ?? "",
  ];
  for (const list of ["users", "api-tokens", "audit-log", "session", `users/${eve.body.id}`]) {
    const { text } = await ada.call("GET", `/api/v1/${list}`);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/argon2|_hash|token_hash/i);
  }
});

test("changes and refused attempts are in the audit log", async () => {
  const mallory = await addMember(doors, program, "Mallory", "AnalystReadOnly");
  await change(mallory.call, ada, { enabled: false, role: "Analyst", "<b>": 1 });
  const { body } = await ada.call("GET", "/api/v1/audit-log?limit=1");
  expect(body.results[0]).toMatchObject({
    actor: { type: "user", id: mallory.id, name: "Mallory" },
    action: "PATCH /api/v1/users/:id",
    target: { type: "user", id: ada.id, name: "Ada" },
    outcome: "refused",
    via: "console",
    ip: "192.0.2.1",
    agent: "lightMyRequest",
    slack: null,
    changes: {},
    data: { why: expect.stringContaining("Manage Users"), fields: ["enabled", "role"] },
  });
  const next = await ada.call("GET", `/api/v1/audit-log?limit=50&cursor=${body.next}`);
  const actions = next.body.results.map((entry: { action: string }) => entry.action);
  expect(actions.slice(0, 2)).toEqual(["user.password_set", "user.created"]);
  for (const action of ["session.signed_in", "api_token.created", "api_token.revoked", "user.changed"]) {
    expect(actions).toContain(action);
  }
});

test("the audit log says from what to what a user and a token were changed", async () => {
  const grace = await addMember(doors, program, "Graceful", "AnalystReadOnly");
  await change(ada.call, grace, { role: "Analyst", name: "Graceful" });
  const made = await ada.call("POST", "/api/v1/api-tokens", { name: "Reader", permissions: ["View Alerts"] });
  const { body } = await ada.call("GET", "/api/v1/audit-log?limit=2");
  expect(body.results).toMatchObject([
    {
      action: "api_token.created",
      target: { type: "api_token", id: made.body.id, name: "Reader" },
      changes: { name: { to: "Reader" }, permissions: { to: ["View Alerts"] } },
    },
    { action: "user.changed", target: { id: grace.id, name: "Graceful" }, actor: { name: "Ada" } },
  ]);
  expect(body.results[1].changes).toEqual({ role: { from: "AnalystReadOnly", to: "Analyst" } });
});

test("a refused call whose body is not JSON is refused for the permission, and audited", async () => {
  const eve = await addMember(doors, program, "Evelyn", "AnalystReadOnly");
  const answer = await doors.app.inject({
    method: "PATCH",
    url: `/api/v1/users/${ada.id}`,
    headers: { cookie: eve.cookie, origin: publicUrl, "content-type": "application/json" },
    payload: '{"role": "Adm',
  });
  expect(answer.statusCode).toBe(403);
  const { body } = await ada.call("GET", "/api/v1/audit-log?limit=1");
  expect(body.results[0]).toMatchObject({ action: "PATCH /api/v1/users/:id", outcome: "refused" });
});

test("paging returns each user once", async () => {
  const all = (await ada.call("GET", "/api/v1/users?limit=50")).body.results;
  const seen = [];
  for (let url: string | null = "/api/v1/users?limit=2"; url; ) {
    const { body }: { body: { results: object[]; next: string | null } } = await ada.call("GET", url);
    seen.push(...body.results);
    url = body.next && `/api/v1/users?limit=2&cursor=${body.next}`;
  }
  expect(seen).toEqual(all);
});
