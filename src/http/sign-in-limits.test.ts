import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addMember,
  type Caller,
  type Member,
  openServer,
  password,
  signInAs,
  type TestServer,
} from "../../test/tocsin/server.ts";

let doors: TestServer;
let program: Caller;

beforeAll(async () => {
  doors = await openServer({}, { stoppedClock: true });
  program = await doors.program();
});
afterAll(() => doors.close());

/** A member whose password is checked in no time: these tests are about what happens around the check. */
async function quickMember(name: string): Promise<Member> {
  const member = await addMember(doors, program, name, "Analyst");
  const password_hash = await hash(password, { memoryCost: 8, timeCost: 1 });
  await doors.deps.db.kysely
    .updateTable("users")
    .set({ password_hash })
    .where("id", "=", member.id)
    .execute();
  return member;
}

const minute = 60_000;
const signIn = (email: string, word: string, ip: string, cookie = "") =>
  doors.caller(cookie ? { cookie } : {}, ip)("POST", "/api/v1/session", { email, password: word });
const status = async (...tried: Parameters<typeof signIn>) => (await signIn(...tried)).status;
/** Guesses one after the other. */
async function guess(email: string, times: number, addressOf: (n: number) => string): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n++) statuses.push(await status(email, `guess ${n}`, addressOf(n)));
  return statuses;
}
const count = (statuses: number[], wanted: number) => statuses.filter((one) => one === wanted).length;

test("after five failures an email has to wait at this address, even with the right password", async () => {
  const heidi = await quickMember("Heidi");
  await guess(heidi.email, 5, () => "198.51.100.1");
  const waiting = await signIn(heidi.email, password, "198.51.100.1");
  expect(waiting.status).toBe(429);
  expect(waiting.body.detail).toBe("Too many failed sign-ins. Try again in 10 seconds.");
  expect(waiting.headers["retry-after"]).toBe("10");
  expect(await status(heidi.email, password, "198.51.100.2")).toBe(200);
  doors.pass(11_000);
  expect(await status(heidi.email, password, "198.51.100.1")).toBe(200);
  expect(await status(heidi.email, "a new guess", "198.51.100.1")).toBe(401);
});

test("guesses all day lock nobody out", async () => {
  const bob = await quickMember("Bob");
  for (let n = 0; n < 24; n++) {
    if (n > 9) doors.pass(14 * minute);
    await signIn(bob.email, `guess ${n}`, "203.0.113.50");
  }
  expect(await status(bob.email, password, "192.0.2.80", bob.device)).toBe(200);
  expect(await status(bob.email, password, "192.0.2.81")).toBe(200);
});

test("guesses from many addresses slow unknown devices down, and never a known one", async () => {
  const carol = await quickMember("Carol");
  const statuses = await guess(carol.email, 60, (n) => `10.1.${n % 30}.1`);
  // The first try of each address, and few others: 20 that are free for all of them.
  expect(count(statuses, 401)).toBe(30);
  expect(count(statuses, 429)).toBe(30);
  expect(await status(carol.email, password, "10.1.1.1")).toBe(429);
  expect(await status(carol.email, password, "10.1.1.1", carol.device)).toBe(200);
  expect(await status(carol.email, password, "10.2.1.1")).toBe(200);
});

test("a device is known only for the user who signed in with it, and waits for its own failures only", async () => {
  const dave = await quickMember("Dave");
  const erin = await quickMember("Erin");
  const laptop = await signInAs(doors, dave);
  await guess(dave.email, 6, () => "10.3.1.1");
  expect(await status(dave.email, password, "10.3.1.1", erin.device)).toBe(429);
  const tries = [];
  for (let n = 0; n < 11; n++) tries.push(await status(dave.email, `oops ${n}`, "10.3.1.1", dave.device));
  expect([count(tries, 401), count(tries, 429)]).toEqual([10, 1]);
  expect(await status(dave.email, password, "10.3.1.1", laptop.device)).toBe(200);
  doors.pass(11_000);
  expect(await status(dave.email, password, "10.3.1.1", dave.device)).toBe(200);
});

test("a device keeps its cookie, and one that nobody knows gets another", async () => {
  const frank = await quickMember("Frank");
  const deviceOf = ({ headers }: Awaited<ReturnType<typeof signIn>>) =>
    [headers["set-cookie"]].flat().map((cookie) => String(cookie).split(";")[0])[1];
  expect(deviceOf(await signIn(frank.email, password, "10.4.1.1", frank.device))).toBe(frank.device);
  const planted = "__Host-device=planted-by-somebody";
  expect(deviceOf(await signIn(frank.email, password, "10.4.1.1", planted))).not.toBe(planted);
});

test("parallel guesses are counted one by one", async () => {
  const guesses = Array.from({ length: 12 }, (_, n) =>
    status("mallory@example.com", `guess ${n}`, "203.0.113.1"),
  );
  const statuses = await Promise.all(guesses);
  expect([count(statuses, 401), count(statuses, 429)]).toEqual([5, 7]);
});

test("an address that tries many emails has to wait, other addresses and known devices don't", async () => {
  const grace = await quickMember("Grace");
  const tries = Array.from({ length: 30 }, (_, n) =>
    status(`user${n}@example.com`, "guess", "2001:db8:1::1"),
  );
  await Promise.all(tries);
  expect(await status(grace.email, password, "2001:db8:1::ffff")).toBe(429);
  expect(await status(grace.email, password, "2001:db8:2::1")).toBe(200);
  expect(await status(grace.email, password, "2001:db8:1::1", grace.device)).toBe(200);
});

test("every refused sign-in is logged, and the audit log has ten of an address and the number of the others", async () => {
  const email = "nobody@example.com";
  const logged = () => doors.log.filter((entry) => entry.includes("a sign-in was refused")).length;
  const before = logged();
  await guess(email, 25, () => "203.0.113.77");
  expect(logged() - before).toBe(25);
  const entriesOf = async (action: string) => {
    const { body } = await program("GET", "/api/v1/audit-log?limit=50");
    return body.results.filter(
      (entry: { action: string; ip: string }) => entry.action === action && entry.ip === "203.0.113.77",
    );
  };
  const single = await entriesOf("session.signed_in");
  expect(single).toHaveLength(10);
  expect(single[0]).toMatchObject({ outcome: "refused", data: { email, why: "too many tries" } });
  expect(single[9]).toMatchObject({ outcome: "refused", data: { email, why: "wrong email or password" } });
  doors.pass(10 * minute);
  await signIn(email, "one more", "203.0.113.78");
  expect(await entriesOf("session.sign_ins_refused")).toMatchObject([
    { actor: { name: "Nobody signed in" }, outcome: "refused", data: { further: 15 } },
  ]);
});

test("an attack from many addresses adds a bounded number of audit entries and rows", async () => {
  doors.pass(25 * 60 * minute);
  const { email } = await quickMember("Ivan");
  const { kysely } = doors.deps.db;
  const rows = async (table: "audit_log" | "refused_sign_ins" | "sign_in_failures") =>
    (await kysely.selectFrom(table).selectAll().execute()).length;
  const refuse = (n: number) => status(email, "guess", `10.${9 + Math.floor(n / 200)}.${n % 200}.1`);
  await refuse(0);
  expect(await rows("sign_in_failures")).toBeLessThanOrEqual(5);
  const before = await rows("audit_log");
  for (let n = 1; n < 62; n++) await refuse(n);
  expect(await rows("refused_sign_ins")).toBe(51);
  // 49 more networks that are counted apart, and ten of all others.
  expect((await rows("audit_log")) - before).toBe(59);
});

test("disabling a user and a new password forget the devices", async () => {
  const admin = await addMember(doors, program, "Root", "Admin");
  const judy = await quickMember("Judy");
  await program("PATCH", `/api/v1/users/${judy.id}`, { enabled: false });
  await program("PATCH", `/api/v1/users/${judy.id}`, { enabled: true });
  await guess(judy.email, 6, () => "10.60.1.1");
  expect(await status(judy.email, password, "10.60.1.1", judy.device)).toBe(429);
  expect(await status(admin.email, password, "10.60.1.1", admin.device)).toBe(200);
});
