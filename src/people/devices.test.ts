import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { transaction } from "../db/transaction.ts";
import { isKnownDevice, isKnownDeviceOf, rememberDevice } from "./devices.ts";
import { seedRoles } from "./roles.ts";

const { db } = await openTestDatabase();

test("a device is known for 400 days after its last sign-in, to the user who signed in with it", async () => {
  await seedRoles(db.kysely);
  const role = await db.kysely.selectFrom("roles").select("id").limit(1).executeTakeFirstOrThrow();
  const [ada, eve] = [randomUUID(), randomUUID()];
  const users = [ada, eve].map((id) => ({ id, email: `${id}@acme.example`, name: id, role_id: role.id }));
  await db.kysely.insertInto("users").values(users).execute();
  const start = new Date("2026-01-01T00:00:00Z");
  const after = (days: number) => new Date(start.getTime() + days * 24 * 3_600_000);
  const remember = (secret: string | null, now: Date) =>
    transaction(db, (tx) => rememberDevice(tx, ada, { secret, now }));

  const { secret } = await remember(null, start);
  expect(await isKnownDevice(db.kysely, secret, after(399))).toBe(true);
  expect(await isKnownDevice(db.kysely, secret, after(401))).toBe(false);
  expect(await isKnownDeviceOf(db.kysely, { secret, userId: ada, now: after(399) })).toBe(true);
  expect(await isKnownDeviceOf(db.kysely, { secret, userId: ada, now: after(401) })).toBe(false);
  expect(await isKnownDeviceOf(db.kysely, { secret, userId: eve, now: start })).toBe(false);
  // Each sign-in makes it known for 400 more days, and a cookie that is no longer known is replaced.
  expect((await remember(secret, after(300))).secret).toBe(secret);
  expect(await isKnownDevice(db.kysely, secret, after(600))).toBe(true);
  expect((await remember(secret, after(900))).secret).not.toBe(secret);
});
