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
} from "../../../test/tocsin/server.ts";

let doors: TestServer;
let program: Caller;
let ada: Member;

beforeAll(async () => {
  doors = await openServer({}, { stoppedClock: true });
  program = await doors.program();
  ada = await addMember(doors, program, "Ada", "Analyst");
});
afterAll(() => doors.close());

const newPassword = "zebra kettle moon 7";
const change = (by: Caller, currentPassword: string, wanted: string) =>
  by("PUT", "/api/v1/session/password", { currentPassword, newPassword: wanted });
const signIn = async (word: string, ip: string) =>
  (await doors.caller({}, ip)("POST", "/api/v1/session", { email: ada.email, password: word })).status;
const latest = async (action: string) => {
  const { body } = await program("GET", "/api/v1/audit-log");
  return body.results.find((entry: { action: string }) => entry.action === action);
};

test("changing one's password needs the current one, and ends the other sessions and links", async () => {
  const other = await signInAs(doors, ada);
  const link = await program("POST", `/api/v1/users/${ada.id}/password-link`);
  expect((await change(ada.call, password, newPassword)).status).toBe(204);
  expect((await ada.call("GET", "/api/v1/session")).status).toBe(200);
  expect((await other.call("GET", "/api/v1/session")).status).toBe(401);
  expect(await latest("user.password_changed")).toMatchObject({
    actor: { id: ada.id },
    target: { type: "user", id: ada.id },
    outcome: "ok",
  });
  expect([await signIn(password, "192.0.2.20"), await signIn(newPassword, "192.0.2.20")]).toEqual([401, 200]);
  const token = new URL(link.body.setPasswordUrl).hash.slice(1);
  expect((await doors.caller({})("POST", "/api/v1/password-links/look", { token })).status).toBe(404);
  await change(ada.call, newPassword, password);
});

test.each([
  ["not my password", newPassword, "currentPassword", "This is not your current password."],
  [password, "short", "newPassword", "at least 12 characters"],
  [password, " ".repeat(12), "newPassword", /easy to guess.*four random words/],
  [password, "password1234", "newPassword", /easy to guess/],
  [password, "ada@example.com", "newPassword", /contains your name or email/],
  [password, "ada's zebra kettle moon", "newPassword", /contains your name or email/],
  [password, password, "newPassword", /current password/],
])("a change from %j to %j is refused at its field", async (current, wanted, field, detail) => {
  const { status, body } = await change(ada.call, current, wanted);
  expect([status, body.errors]).toEqual([
    400,
    [expect.objectContaining({ field, detail: expect.stringMatching(detail) })],
  ]);
  expect((await ada.call("GET", "/api/v1/session")).status).toBe(200);
});

test("a guessable password is refused with a link, which stays usable", async () => {
  const { body } = await program("POST", "/api/v1/users", {
    email: "victoria@example.com",
    name: "Victoria Regina",
    role: "Analyst",
  });
  const token = new URL(body.setPasswordUrl).hash.slice(1);
  const use = (word: string) =>
    doors.caller({})("POST", "/api/v1/password-links/use", { token, password: word });
  for (const word of ["victoria@example.com", "regina kettle moon 9", "password1234", " ".repeat(12)]) {
    expect(await use(word)).toMatchObject({ status: 400, body: { errors: [{ field: "password" }] } });
  }
  expect((await use(password)).status).toBe(200);
});

test("wrong current passwords are audited and limited per session", async () => {
  const stolen = await signInAs(doors, ada);
  const statuses = [];
  for (let n = 0; n < 6; n++) statuses.push((await change(stolen.call, `guess ${n}`, newPassword)).status);
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  expect(await latest("user.password_changed")).toMatchObject({
    outcome: "refused",
    data: { why: "too many tries" },
  });
  expect((await change(stolen.call, password, newPassword)).status).toBe(429);
  expect((await change(ada.call, password, newPassword)).status).toBe(204);
  expect((await change(ada.call, newPassword, password)).status).toBe(204);
});

test("a user sees their own sessions and ends them one by one", async () => {
  const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
  await ada.call("DELETE", "/api/v1/sessions");
  const firefox = await doors.caller({ "user-agent": agent }, "192.0.2.33")("POST", "/api/v1/session", {
    email: ada.email,
    password,
  });
  const cookie = String([firefox.headers["set-cookie"]].flat()[0]).split(";")[0] ?? "";
  doors.pass(2 * 60_000);
  const there = doors.caller({ cookie, origin: publicUrl }, "192.0.2.34");
  expect((await there("GET", "/api/v1/session")).status).toBe(200);
  const { body } = await ada.call("GET", "/api/v1/sessions");
  expect(body.results).toMatchObject([
    { device: "Firefox on Linux", userAgent: agent, ip: "192.0.2.34", isCurrent: false },
    { isCurrent: true },
  ]);
  const [other, current] = body.results;
  expect(Date.parse(other.lastSeenAt)).toBeGreaterThan(Date.parse(other.createdAt));
  const eve = await addMember(doors, program, "Eve", "Analyst");
  expect((await eve.call("DELETE", `/api/v1/sessions/${other.id}`)).status).toBe(404);
  expect(await latest("session.ended")).toMatchObject({ outcome: "refused", actor: { id: eve.id } });
  expect((await ada.call("DELETE", `/api/v1/sessions/${current.id}`)).status).toBe(409);
  expect((await there("GET", "/api/v1/session")).status).toBe(200);
  expect((await ada.call("DELETE", `/api/v1/sessions/${other.id}`)).status).toBe(204);
  expect(await latest("session.ended")).toMatchObject({ outcome: "ok", target: { id: other.id } });
  expect((await there("GET", "/api/v1/session")).status).toBe(401);
});

test("a user ends all their other sessions, which forgets their devices", async () => {
  const others = [await signInAs(doors, ada), await signInAs(doors, ada)];
  expect(await ada.call("DELETE", "/api/v1/sessions")).toMatchObject({ status: 200, body: { ended: 2 } });
  for (const { call } of others) expect((await call("GET", "/api/v1/session")).status).toBe(401);
  expect((await ada.call("GET", "/api/v1/sessions")).body.results).toHaveLength(1);
  expect(await latest("session.others_ended")).toMatchObject({ data: { ended: 2 } });
  for (let n = 0; n < 6; n++) await signIn(`guess ${n}`, "192.0.2.44");
  const again = (device: string) =>
    doors.caller({ cookie: device }, "192.0.2.44")("POST", "/api/v1/session", { email: ada.email, password });
  expect((await again(others[0]?.device ?? "")).status).toBe(429);
  expect((await again(ada.device)).status).toBe(200);
});

test("an API token has no sessions and no password", async () => {
  expect((await program("GET", "/api/v1/sessions")).status).toBe(403);
  expect((await program("DELETE", "/api/v1/sessions")).status).toBe(403);
  expect((await program("DELETE", `/api/v1/sessions/${ada.id}`)).status).toBe(403);
  expect((await change(program, password, newPassword)).status).toBe(403);
  expect((await change(doors.caller({}), password, newPassword)).status).toBe(401);
});
