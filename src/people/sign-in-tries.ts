import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { sql } from "kysely";
import type { Transaction } from "../db/transaction.ts";

const second = 1000;
const minute = 60 * second;
const longest = 15 * minute;

/** How often something was tried in vain, and when last. */
interface Failures {
  failures: number;
  lastAt: Date;
}

/** So many failures cost nothing, and one is forgotten in every `leak` milliseconds. */
interface Patience {
  free: number;
  leak: number;
}

/** One person mistypes an e-mail's password; behind an address there may be an office full of them. */
export const patience = {
  email: { free: 5, leak: 15 * minute },
  ip: { free: 30, leak: minute },
} satisfies Record<string, Patience>;

/** The failures that still count. */
function failuresLeft(tried: Failures, { leak }: Patience, now: Date): number {
  return Math.max(0, tried.failures - Math.floor(since(tried, now) / leak));
}

/**
 * How many milliseconds must pass before the next try: 10 seconds after the last free failure, doubled with each
 * further one, up to 15 minutes, so that guessing is slow while nobody is locked out for long.
 */
export function waitBefore(tried: Failures, { free, leak }: Patience, now: Date): number {
  const left = failuresLeft(tried, { free, leak }, now);
  if (left < free) return 0;
  const wait = Math.min(longest, 10 * second * 2 ** (left - free));
  return Math.max(0, wait - since(tried, now));
}

/** Never below 0: of two requests the later one may have looked at the clock first. */
function since({ lastAt }: Failures, now: Date): number {
  return Math.max(0, now.getTime() - lastAt.getTime());
}

/** Longer than any failure counts. */
const stale = 24 * 60 * 60 * 1000;

/** Takes back a try that succeeded: the e-mail starts anew, the address loses only this one. */
export async function forgiveTry(tx: Transaction, keys: TryKeys, now: Date): Promise<void> {
  await tx
    .updateTable("sign_in_failures")
    .set({ failures: sql<number>`greatest(failures - 1, 0)` })
    .where("key", "=", keys.ip)
    .execute();
  await tx
    .deleteFrom("sign_in_failures")
    .where((is) => is.or([is("key", "=", keys.email), is("last_at", "<", new Date(now.getTime() - stale))]))
    .execute();
}

/**
 * Counts a try as failed before the password is looked at, so that many at once can't all be the first. Gives
 * back 0, or the milliseconds to wait, and then the try isn't counted.
 */
export async function takeTry(tx: Transaction, keys: TryKeys, now: Date): Promise<number> {
  const tried = await lockFailures(tx, keys, now);
  const wait = Math.max(...tried.map((row) => waitBefore(row, row.patience, now)));
  if (wait > 0) return wait;
  for (const row of tried) {
    const failures = failuresLeft(row, row.patience, now) + 1;
    await tx
      .updateTable("sign_in_failures")
      .set({ failures, last_at: now })
      .where("key", "=", row.key)
      .execute();
  }
  return 0;
}

/** Both rows, made if they are new, locked in the order of their keys. */
async function lockFailures(tx: Transaction, keys: TryKeys, now: Date) {
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
  const patienceFor = (key: string): Patience => (key === keys.ip ? patience.ip : patience.email);
  return rows.map((row) => ({ ...row, patience: patienceFor(row.key) }));
}

/** The rows that a try counts against. */
interface TryKeys {
  email: string;
  ip: string;
}

/** The e-mail is hashed: people type passwords into that field, too. */
export function tryKeys(email: string, ip: string): TryKeys {
  const hash = createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
  return { email: `email:${hash}`, ip: `ip:${networkOf(ip)}` };
}

/** One customer of a provider has a whole /64 of IPv6 addresses. */
function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString();
}
