import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { sql } from "kysely";
import type { Transaction } from "../../db/transaction.ts";
import { memory, waitBefore } from "./wait-before.ts";

/** An e-mail may be mistyped by one person; behind an address there may be an office. */
const free = { email: 5, ip: 30 };

/** The rows that a try counts against. The e-mail is hashed: people type passwords into that field, too. */
export function tryKeys(email: string, ip: string): { email: string; ip: string } {
  const hash = createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
  return { email: `email:${hash}`, ip: `ip:${networkOf(ip)}` };
}

/**
 * Counts a try as failed before the password is looked at, so that many at once can't all be the first. Gives
 * back 0, or the milliseconds to wait, and then the try isn't counted.
 */
export async function takeTry(
  tx: Transaction,
  keys: { email: string; ip: string },
  now: Date,
): Promise<number> {
  const both = [keys.email, keys.ip];
  await tx
    .insertInto("sign_in_failures")
    .values(both.map((key) => ({ key, failures: 0, last_at: now })))
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  const rows = await tx
    .selectFrom("sign_in_failures")
    .selectAll()
    .where("key", "in", both)
    .orderBy("key")
    .forUpdate()
    .execute();
  const waits = rows.map(({ key, failures, last_at }) => {
    return waitBefore({ failures, lastAt: last_at }, key === keys.ip ? free.ip : free.email, now);
  });
  const wait = Math.max(...waits);
  if (wait === 0) await count(tx, both, now);
  return wait;
}

async function count(tx: Transaction, keys: string[], now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - memory);
  await tx
    .updateTable("sign_in_failures")
    .set({
      failures: sql<number>`case when last_at < ${forgotten} then 1 else failures + 1 end`,
      last_at: now,
    })
    .where("key", "in", keys)
    .execute();
}

/** Takes back a try that succeeded: the e-mail starts anew, the address loses only this one. */
export async function forgiveTry(
  tx: Transaction,
  keys: { email: string; ip: string },
  now: Date,
): Promise<void> {
  const forgotten = new Date(now.getTime() - memory);
  await tx
    .updateTable("sign_in_failures")
    .set({ failures: sql<number>`greatest(failures - 1, 0)` })
    .where("key", "=", keys.ip)
    .execute();
  await tx
    .deleteFrom("sign_in_failures")
    .where((is) => is.or([is("key", "=", keys.email), is("last_at", "<", forgotten)]))
    .execute();
}

/** One customer of a provider has a whole /64 of IPv6 addresses. */
function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString();
}
