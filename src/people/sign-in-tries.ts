import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";

const second = 1000;
const minute = 60 * second;
const maxWait = 15 * minute;

/** The number of failed sign-ins and the time of the last one. */
interface Failures {
  failures: number;
  lastAt: Date;
}

/** `free` failures need no wait; one failure is forgotten every `leak` milliseconds. */
interface Limit {
  free: number;
  leak: number;
}

/** An email belongs to one person, but an address can belong to a whole office. */
export const limits = {
  email: { free: 5, leak: 15 * minute },
  ip: { free: 30, leak: minute },
} satisfies Record<string, Limit>;

/** The failures that still count. */
function failuresLeft(record: Failures, { leak }: Limit, now: Date): number {
  return Math.max(0, record.failures - Math.floor(elapsed(record, now) / leak));
}

/**
 * Milliseconds before the next attempt: 10 s after the last free failure, doubled by each further one up to 15 minutes.
 * Guessing is slow, and nobody is locked out for long.
 */
export function waitBefore(record: Failures, { free, leak }: Limit, now: Date): number {
  const left = failuresLeft(record, { free, leak }, now);
  if (left < free) return 0;
  const wait = Math.min(maxWait, 10 * second * 2 ** (left - free));
  return Math.max(0, wait - elapsed(record, now));
}

/** Milliseconds since the last failure. Never negative: a later request may have read the clock earlier. */
function elapsed({ lastAt }: Failures, now: Date): number {
  return Math.max(0, now.getTime() - lastAt.getTime());
}

/** No failure counts this long. */
const maxAge = 24 * 60 * 60 * 1000;

/** Removes the failure counted for an attempt that succeeded, and all failures of its email. */
export async function forgiveAttempt(tx: Transaction, keys: AttemptKeys, now: Date): Promise<void> {
  await tx
    .updateTable("sign_in_failures")
    .set({ failures: sql<number>`greatest(failures - 1, 0)` })
    .where("key", "=", keys.ip)
    .execute();
  await tx
    .deleteFrom("sign_in_failures")
    .where((is) => is.or([is("key", "=", keys.email), is("last_at", "<", new Date(now.getTime() - maxAge))]))
    .execute();
}

/**
 * Counts an attempt as failed before the password is checked, so that parallel attempts are limited too. Returns 0, or
 * the milliseconds to wait if the attempt is not allowed; then it isn't counted.
 */
export async function takeAttempt(tx: Transaction, keys: AttemptKeys, now: Date): Promise<number> {
  const rows = await lockFailures(tx, keys, now);
  const wait = Math.max(...rows.map((row) => waitBefore(row, row.limit, now)));
  if (wait > 0) return wait;
  for (const row of rows) {
    const failures = failuresLeft(row, row.limit, now) + 1;
    await tx
      .updateTable("sign_in_failures")
      .set({ failures, last_at: now })
      .where("key", "=", row.key)
      .execute();
  }
  return 0;
}

/** Both rows, created if missing and locked in the order of their keys. */
async function lockFailures(tx: Transaction, keys: AttemptKeys, now: Date) {
  const both = [keys.email, keys.ip];
  await tx
    .insertInto("sign_in_failures")
    .values(both.sort().map((key) => ({ key, failures: 0, last_at: now })))
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  const rows = await tx
    .selectFrom("sign_in_failures")
    .select(["key", "failures", "last_at as lastAt"])
    .where("key", "in", both)
    .orderBy("key")
    .forUpdate()
    .execute();
  return rows.map((row) => ({ ...row, limit: row.key === keys.ip ? limits.ip : limits.email }));
}

/** The keys of the rows that an attempt counts against. */
interface AttemptKeys {
  email: string;
  ip: string;
}

/** The email is hashed, since people also type passwords into that field. */
export function attemptKeys(email: string, ip: string): AttemptKeys {
  const hash = createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
  return { email: `email:${hash}`, ip: `ip:${networkOf(ip)}` };
}

/** A provider gives each customer a whole /64 of IPv6 addresses. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString();
}
