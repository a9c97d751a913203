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
import { firstStartLink } from "../people/make-link.ts";

let doors: TestServer;
let program: Caller;
let ada: Member;

beforeAll(async () => {
  doors = await openServer();
  program = await doors.program();
});
afterAll(() => doors.close());

const day = 24 * 60 * 60 * 1000;
const visitor = (ip: string) => doors.caller({}, ip);
const signIn = (email: string, word: string, ip = "192.0.2.1") =>
  visitor(ip)("POST", "/api/v1/session", { email, password: word });
const newLink = async () => firstStartLink(doors.deps.db, publicUrl, doors.deps.clock());
const tokenOf = (link: string | null) => new URL(String(link)).hash.slice(1);

test("the first link creates an admin once, while there is no user", async () => {
  const replaced = tokenOf(await newLink());
  const token = tokenOf(await newLink());
  const call = visitor("192.0.2.1");
  expect(await call("POST", "/api/v1/password-links/look", { token: replaced })).toMatchObject({
    status: 404,
  });
  expect((await call("POST", "/api/v1/password-links/look", { token })).body).toEqual({
    kind: "first_admin",
    email: null,
    name: null,
  });
  const use = { token, password, email: "ada@example.com", name: "Ada" };
  const nameless = await call("POST", "/api/v1/password-links/use", { token, password, email: use.email });
  expect(nameless).toMatchObject({ status: 400, body: { errors: [{ field: "name" }] } });
  const both = await Promise.all([1, 2].map(() => call("POST", "/api/v1/password-links/use", use)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  const session = both.find(({ status }) => status === 200);
  expect(session?.body.permissions).toContain("Manage Users");
  expect(await newLink()).toBeNull();
  ada = await signInAs(doors, { id: session?.body.user.id, email: use.email });
});

test("the first link expires after an hour", async () => {
  const fresh = await openServer();
  const token = tokenOf(await firstStartLink(fresh.deps.db, publicUrl, fresh.deps.clock()));
  fresh.pass(60 * 60 * 1000 + 1);
  const use = { token, password, email: "ada@example.com", name: "Ada" };
  expect((await fresh.caller({})("POST", "/api/v1/password-links/use", use)).status).toBe(404);
  await fresh.close();
});

test("the cookies of session and device are HttpOnly, SameSite, Secure and bound to the host", async () => {
  const { headers, status } = await signIn("ADA@example.com", password);
  expect(status).toBe(200);
  expect(headers["set-cookie"]).toEqual([
    expect.stringMatching(
      /^__Host-tocsin_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    ),
    expect.stringMatching(
      /^__Host-device=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ]);
});

test("a wrong password, an unknown email and a disabled user get the same answer", async () => {
  const eve = await addMember(doors, program, "Eve", "Analyst");
  await program("PATCH", `/api/v1/users/${eve.id}`, { enabled: false });
  const answers = [
    await signIn(ada.email, "not the password", "192.0.2.10"),
    await signIn("nobody@example.com", password, "192.0.2.10"),
    await signIn(eve.email, password, "192.0.2.10"),
  ];
  for (const { status, body } of answers) {
    expect([status, body.detail]).toEqual([401, "The email or password is wrong."]);
  }
});

test("disabling a user ends their sessions for good", async () => {
  const grace = await addMember(doors, program, "Grace", "Analyst");
  expect((await grace.call("GET", "/api/v1/session")).status).toBe(200);
  await ada.call("PATCH", `/api/v1/users/${grace.id}`, { enabled: false });
  expect((await grace.call("GET", "/api/v1/session")).status).toBe(401);
  await ada.call("PATCH", `/api/v1/users/${grace.id}`, { enabled: true });
  expect((await grace.call("GET", "/api/v1/session")).status).toBe(401);
});

test("a change with a session needs Tocsin's own origin", async () => {
  const { cookie } = await signInAs(doors, ada);
  const patch = (headers: Record<string, string>) =>
    doors.caller({ cookie, ...headers })("PATCH", `/api/v1/users/${ada.id}`, { name: "Ada" });
  expect((await patch({ origin: publicUrl })).status).toBe(200);
  expect((await patch({ origin: "http://localhost:80", host: "localhost:80" })).status).toBe(200);
  expect((await patch({ "sec-fetch-site": "same-origin" })).status).toBe(200);
  expect((await patch({})).status).toBe(403);
  expect((await patch({ origin: "null" })).status).toBe(403);
  const refused = await patch({ origin: "https://mallory.example" });
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining(publicUrl)]);
  expect((await doors.caller({ cookie })("GET", "/api/v1/session")).status).toBe(200);
  const forced = doors.caller({ origin: "https://mallory.example" });
  expect((await forced("POST", "/api/v1/session", { email: ada.email, password })).status).toBe(403);
});

test("signing out ends only this session", async () => {
  const [first, second] = [await signInAs(doors, ada), await signInAs(doors, ada)];
  expect((await first.call("DELETE", "/api/v1/session")).status).toBe(204);
  expect((await first.call("GET", "/api/v1/session")).status).toBe(401);
  expect((await second.call("GET", "/api/v1/session")).status).toBe(200);
});

test("a password link works once and ends other sessions", async () => {
  const ivan = await addMember(doors, program, "Ivan", "AnalystReadOnly");
  const make = async () =>
    tokenOf((await ada.call("POST", `/api/v1/users/${ivan.id}/password-link`)).body.setPasswordUrl);
  const old = await make();
  const token = await make();
  const use = (link: string, word: string) =>
    visitor("192.0.2.1")("POST", "/api/v1/password-links/use", { token: link, password: word });
  expect((await use(old, password)).status).toBe(404);
  expect(await use(token, "too short")).toMatchObject({
    status: 400,
    body: { errors: [{ field: "password" }] },
  });
  expect((await use(token, "another good password")).body.user.email).toBe(ivan.email);
  expect((await use(token, password)).status).toBe(404);
  expect((await ivan.call("GET", "/api/v1/session")).status).toBe(401);
  expect((await signIn(ivan.email, "another good password")).status).toBe(200);
});

test("a session ends after 14 days without use and after 30 days", async () => {
  const idle = await signInAs(doors, ada);
  const busy = await signInAs(doors, ada);
  for (const days of [13, 13]) {
    doors.pass(days * day);
    expect((await busy.call("GET", "/api/v1/session")).status).toBe(200);
  }
  expect((await idle.call("GET", "/api/v1/session")).status).toBe(401);
  doors.pass(5 * day);
  expect((await busy.call("GET", "/api/v1/session")).status).toBe(401);
});
