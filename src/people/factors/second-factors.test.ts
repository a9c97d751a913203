import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAuthenticator } from "../../../test/doubles/authenticator.ts";
import {
  type Answer,
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

beforeAll(async () => {
  doors = await openServer({}, { stoppedClock: true });
  program = await doors.program();
});
afterAll(() => doors.close());

const minute = 60_000;
/** A user of their own for each test, whose sessions are fresh. */
const member = (name: string, role = "Analyst") => addMember(doors, program, name, role);
const latest = async (action: string) => {
  const { body } = await program("GET", "/api/v1/audit-log?limit=50");
  return body.results.find((entry: { action: string }) => entry.action === action);
};
const cookieIn = ({ headers }: Answer, name: string) =>
  [headers["set-cookie"]]
    .flat()
    .map((cookie) => String(cookie).split(";")[0] ?? "")
    .find((cookie) => cookie.includes(name)) ?? "";
/** Gives the password; `call` has the cookie of the second step, and the device's. */
async function firstStep({ email }: Member, { ip = "192.0.2.1", device = "" } = {}) {
  const answer = await doors.caller({ cookie: device }, ip)("POST", "/api/v1/session", { email, password });
  const cookie = `${cookieIn(answer, "tocsin_second_factor")}; ${device}`;
  return { answer, call: doors.caller({ cookie, origin: publicUrl }, ip) };
}
const give = (call: Caller, proof: object) => call("POST", "/api/v1/session/second-factor", proof);
/** Adds an authenticator app; `code` makes its codes, some steps away from now. */
async function addTotp({ call }: Member) {
  const { body } = await call("POST", "/api/v1/session/totp");
  const app = new TOTP({ secret: Secret.fromBase32(body.secret) });
  const code = (away = 0) => app.generate({ timestamp: doors.deps.clock().getTime() + away * 30_000 });
  const added = await call("POST", "/api/v1/session/totp/confirm", { code: code() });
  return { started: body, added, code, recovery: (added.body.recoveryCodes ?? []) as string[] };
}
async function addPasskey({ call }: Member, odd = {}) {
  const device = openAuthenticator(publicUrl);
  const { body: options } = await call("POST", "/api/v1/session/passkeys/options");
  const credential = device.create(options, odd);
  const added = await call("POST", "/api/v1/session/passkeys", { name: "Laptop", credential });
  return { device, options, credential, added };
}
const passkeyOptions = async (call: Caller) =>
  (await call("POST", "/api/v1/session/second-factor/passkey-options")).body;

test("an authenticator app counts once a code has confirmed it, and is asked for after the password", async () => {
  const ada = await member("Ada");
  const { body: started } = await ada.call("POST", "/api/v1/session/totp");
  expect(started.uri).toContain(`secret=${started.secret}`);
  expect((await firstStep(ada)).answer.status).toBe(200);
  expect(await ada.call("POST", "/api/v1/session/totp/confirm", { code: "000000" })).toMatchObject({
    status: 400,
    body: { errors: [{ field: "code" }] },
  });
  expect(await latest("user.totp_added")).toMatchObject({ outcome: "refused" });
  const { added, code, recovery } = await addTotp(ada);
  expect([added.status, recovery.length, new Set(recovery).size]).toEqual([201, 10, 10]);
  expect((await ada.call("POST", "/api/v1/session/totp")).status).toBe(409);
  const { answer, call } = await firstStep(ada);
  expect(answer).toMatchObject({ status: 202, body: { secondFactor: { passkey: false, totp: true } } });
  expect(cookieIn(answer, "tocsin_session")).toBe("");
  expect((await call("GET", "/api/v1/session")).status).toBe(401);
  expect(await latest("session.password_accepted")).toMatchObject({ target: { id: ada.id } });
  doors.pass(30_000);
  const done = await give(call, { code: code() });
  expect([done.status, done.body.user.email]).toEqual([200, ada.email]);
  expect(await latest("session.second_factor")).toMatchObject({ data: { factor: "authenticator app" } });
  expect(
    (await doors.caller({ cookie: cookieIn(done, "tocsin_session") })("GET", "/api/v1/session")).status,
  ).toBe(200);
});

test("no code works twice, not even the one that added the app", async () => {
  const user = await member("Bea");
  const { code } = await addTotp(user);
  const { call } = await firstStep(user);
  expect((await give(call, { code: code() })).status).toBe(401);
  const next = code(1);
  expect((await give(call, { code: next })).status).toBe(200);
  const again = await firstStep(user);
  expect((await give(again.call, { code: next })).status).toBe(401);
  expect(await latest("session.second_factor")).toMatchObject({
    outcome: "refused",
    actor: { id: user.id },
    data: { why: "authenticator app: wrong or used code" },
  });
});

test("the second step is over after 5 minutes, after use, without its cookie, and with a new password", async () => {
  const user = await member("Cleo");
  const { code } = await addTotp(user);
  const late = await firstStep(user);
  const changed = await firstStep(user);
  const { call } = await firstStep(user);
  const over = { status: 401, body: { type: "urn:tocsin:sign-in-over" } };
  expect(await give(doors.caller({}), { code: code(1) })).toMatchObject(over);
  const first = await give(call, { code: code(1) });
  expect(first.status).toBe(200);
  expect(await give(call, { code: code(1) })).toMatchObject(over);
  await user.call("PUT", "/api/v1/session/password", {
    currentPassword: password,
    newPassword: "zebra kettle moon 7",
  });
  expect(await give(changed.call, { code: code(1) })).toMatchObject(over);
  await user.call("PUT", "/api/v1/session/password", {
    currentPassword: "zebra kettle moon 7",
    newPassword: password,
  });
  const slow = await firstStep(user);
  doors.pass(5 * minute + 1000);
  expect(await give(slow.call, { code: code() })).toMatchObject(over);
  expect(await give(late.call, { code: code() })).toMatchObject(over);
});

test("a recovery code works once, however it is typed, and new ones replace the old ones", async () => {
  const user = await member("Dora");
  const { recovery } = await addTotp(user);
  const [first = "", second = ""] = recovery;
  expect(
    (await give((await firstStep(user)).call, { code: first.toUpperCase().replaceAll("-", " ") })).status,
  ).toBe(200);
  expect((await give((await firstStep(user)).call, { code: first })).status).toBe(401);
  expect((await user.call("GET", "/api/v1/session/second-factors")).body.recoveryCodesLeft).toBe(9);
  const made = await user.call("POST", "/api/v1/session/recovery-codes");
  expect(made.body.recoveryCodes).toHaveLength(10);
  expect((await give((await firstStep(user)).call, { code: second })).status).toBe(401);
  const rows = await doors.deps.db.kysely.selectFrom("recovery_codes").selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(made.body.recoveryCodes[0]);
});

test("a passkey is added, signs in, confirms the session and is removed", async () => {
  const user = await member("Emmy");
  const { device, options, added } = await addPasskey(user);
  expect(options).toMatchObject({
    rp: { id: "tocsin.example.com" },
    attestation: "none",
    authenticatorSelection: { userVerification: "required" },
  });
  const { data } = await latest("user.passkey_added");
  expect([added.status, added.body.recoveryCodes.length, data.name]).toEqual([201, 10, "Laptop"]);
  const { answer, call } = await firstStep(user);
  expect(answer.body.secondFactor).toEqual({ passkey: true, totp: false, recoveryCodes: true });
  const asked = await passkeyOptions(call);
  expect(asked).toMatchObject({ userVerification: "required", allowCredentials: [{ type: "public-key" }] });
  expect((await give(call, { passkey: device.get(asked) })).status).toBe(200);
  const { body } = await user.call("GET", "/api/v1/session/second-factors");
  expect(body.passkeys).toMatchObject([{ name: "Laptop", onlyFor: null, lastUsedAt: expect.any(String) }]);
  doors.pass(6 * minute);
  const remove = () => user.call("DELETE", `/api/v1/session/passkeys/${body.passkeys[0].id}`);
  expect((await remove()).body.type).toBe("urn:tocsin:confirm-session");
  const confirm = (await user.call("POST", "/api/v1/session/confirm/passkey-options")).body;
  const wrong = await user.call("POST", "/api/v1/session/confirm", { passkey: device.get(asked) });
  const { why } = (await latest("session.confirmed")).data;
  expect([wrong.status, why]).toEqual([400, "passkey: wrong answer"]);
  expect(confirm.challenge).not.toBe(asked.challenge);
  const again = (await user.call("POST", "/api/v1/session/confirm/passkey-options")).body;
  const right = await user.call("POST", "/api/v1/session/confirm", { passkey: device.get(again) });
  expect(right.status).toBe(204);
  expect((await remove()).status).toBe(204);
  expect((await latest("user.passkey_removed")).data.passkey).toBe(body.passkeys[0].id);
  expect((await firstStep(user)).answer.status).toBe(200);
  expect((await user.call("GET", "/api/v1/session/second-factors")).body.recoveryCodesLeft).toBe(0);
});

test.each([
  ["another origin", { origin: "https://tocsin.example.net" }],
  ["another relying party", { rpId: "example.net" }],
  ["a user that was not verified", { userVerified: false }],
  ["a counter that went back", { counter: 1 }],
])("a passkey's answer with %s is refused", async (what, odd) => {
  const user = await member(`Odd${what.length}`);
  const { device } = await addPasskey(user);
  const good = await firstStep(user);
  expect(
    (await give(good.call, { passkey: device.get(await passkeyOptions(good.call), { counter: 7 }) })).status,
  ).toBe(200);
  const { call } = await firstStep(user);
  const asked = await passkeyOptions(call);
  expect((await give(call, { passkey: device.get(asked, { counter: 8, ...odd }) })).status).toBe(401);
  expect(await latest("session.second_factor")).toMatchObject({
    outcome: "refused",
    data: { why: "passkey: wrong answer" },
  });
  // The challenge is used up, whatever came of it.
  expect((await give(call, { passkey: device.get(asked, { counter: 9 }) })).status).toBe(401);
  expect((await give(call, { passkey: device.get(await passkeyOptions(call), { counter: 9 }) })).status).toBe(
    200,
  );
});

test("a passkey's answer can't be repeated, nor used in another browser's sign-in or by another user", async () => {
  const user = await member("Fay");
  const other = await member("Gwen");
  const { device } = await addPasskey(user);
  await addPasskey(other);
  const { call } = await firstStep(user);
  const stolen = await firstStep(user);
  const proof = { passkey: device.get(await passkeyOptions(call)) };
  await passkeyOptions(stolen.call);
  expect((await give(stolen.call, proof)).status).toBe(401);
  expect((await give(call, proof)).status).toBe(200);
  expect((await give(call, proof)).status).toBe(401);
  const wrongUser = await firstStep(other);
  expect(
    (await give(wrongUser.call, { passkey: device.get(await passkeyOptions(wrongUser.call)) })).status,
  ).toBe(401);
});

test("a new passkey is refused from another origin, twice, unverified, and without a fresh sign-in", async () => {
  const user = await member("Hedy");
  expect((await addPasskey(user, { origin: "https://evil.example" })).added.status).toBe(400);
  expect((await addPasskey(user, { userVerified: false })).added.status).toBe(400);
  expect(await latest("user.passkey_added")).toMatchObject({ outcome: "refused" });
  const { credential, added } = await addPasskey(user);
  expect(added.status).toBe(201);
  const repeated = await user.call("POST", "/api/v1/session/passkeys", { name: "Copy", credential });
  expect(repeated.status).toBe(409);
  doors.pass(6 * minute);
  expect((await addPasskey(user)).added.body.type).toBe("urn:tocsin:confirm-session");
  expect((await user.call("POST", "/api/v1/session/totp")).body.type).toBe("urn:tocsin:confirm-session");
});

test("the first factor ends the other sessions, and a one-time link still needs the factor", async () => {
  const user = await member("Ida");
  const other = await signInAs(doors, user);
  const { code } = await addTotp(user);
  expect((await other.call("GET", "/api/v1/session")).status).toBe(401);
  expect((await user.call("GET", "/api/v1/session")).status).toBe(200);
  const { body } = await program("POST", `/api/v1/users/${user.id}/password-link`);
  const token = new URL(body.setPasswordUrl).hash.slice(1);
  const used = await doors.caller({})("POST", "/api/v1/password-links/use", { token, password });
  expect([used.status, cookieIn(used, "tocsin_session")]).toEqual([202, ""]);
  const call = doors.caller({ cookie: cookieIn(used, "tocsin_second_factor"), origin: publicUrl });
  expect((await give(call, { code: code(1) })).status).toBe(200);
});

test("guesses are limited by user and address, and nobody else has to wait", async () => {
  const user = await member("Joan");
  const { code, recovery } = await addTotp(user);
  const guesser = await firstStep(user, { ip: "192.0.2.66" });
  const statuses = [];
  for (let n = 0; n < 6; n++) statuses.push((await give(guesser.call, { code: "000000" })).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect(await latest("session.second_factor")).toMatchObject({
    data: { why: "authenticator app: too many tries" },
  });
  for (let n = 70; n < 74; n++) {
    const { call } = await firstStep(user, { ip: `192.0.2.${n}` });
    for (let guess = 0; guess < 5; guess++) await give(call, { code: "000000" });
  }
  const unknown = await firstStep(user, { ip: "192.0.2.99" });
  expect((await give(unknown.call, { code: code(1) })).status).toBe(429);
  expect((await give(unknown.call, { code: recovery[0] })).status).toBe(200);
  const known = await firstStep(user, { ip: "192.0.2.66", device: user.device });
  expect((await give(known.call, { code: code(1) })).status).toBe(200);
});

test("a person with Manage Users removes somebody's factors, which ends their sessions", async () => {
  const user = await member("Kay");
  const admin = await member("Ruth", "Admin");
  await addTotp(user);
  const { call } = await firstStep(user);
  expect((await admin.call("GET", `/api/v1/users/${user.id}`)).body.hasSecondFactor).toBe(true);
  expect((await user.call("DELETE", `/api/v1/users/${admin.id}/second-factors`)).status).toBe(403);
  doors.pass(6 * minute);
  const remove = () => admin.call("DELETE", `/api/v1/users/${user.id}/second-factors`);
  expect((await remove()).body.type).toBe("urn:tocsin:confirm-session");
  await admin.call("POST", "/api/v1/session/confirm", { password });
  expect((await remove()).status).toBe(204);
  expect(await latest("user.factors_removed")).toMatchObject({
    actor: { id: admin.id },
    target: { id: user.id },
  });
  expect((await user.call("GET", "/api/v1/session")).status).toBe(401);
  expect((await give(call, { code: "000000" })).body.type).toBe("urn:tocsin:sign-in-over");
  expect((await firstStep(user)).answer.status).toBe(200);
});

test("a required factor is added right after the sign-in, and before that nothing else works", async () => {
  const admin = await member("Lise", "Admin");
  const user = await member("Mary");
  await addTotp(admin);
  expect((await admin.call("PATCH", "/api/v1/settings", { requireSecondFactor: true })).status).toBe(200);
  expect((await user.call("GET", "/api/v1/session")).body.mustAddFactor).toBe(true);
  for (const path of ["alerts", "sessions", "settings"])
    expect((await user.call("GET", `/api/v1/${path}`)).body.type).toBe("urn:tocsin:add-factor");
  expect((await user.call("POST", "/api/v1/session/recovery-codes")).status).toBe(403);
  const { added } = await addPasskey(user);
  expect(added.status).toBe(201);
  expect((await user.call("GET", "/api/v1/alerts")).status).toBe(200);
  const { body } = await user.call("GET", "/api/v1/session/second-factors");
  expect((await user.call("DELETE", `/api/v1/session/passkeys/${body.passkeys[0].id}`)).status).toBe(409);
  expect((await program("GET", "/api/v1/alerts")).status).toBe(200);
  await admin.call("PATCH", "/api/v1/settings", { requireSecondFactor: false });
});

test("the secret of an authenticator app is sealed, and programs have no second factors", async () => {
  const { started } = await addTotp(await member("Nell"));
  const totps = await doors.deps.db.kysely.selectFrom("totps").selectAll().execute();
  expect(totps.some(({ sealed }) => sealed.includes(started.secret))).toBe(false);
  for (const path of ["totp", "passkeys/options", "recovery-codes"])
    expect((await program("POST", `/api/v1/session/${path}`)).status).toBe(403);
});
