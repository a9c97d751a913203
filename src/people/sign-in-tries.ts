import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { hashSecret } from "./principal.ts";

const second = 1000;
const minute = 60 * second;

/** The number of failed tries and the time of the last one. */
interface Failures {
  failures: number;
  lastAt: Date;
}

/**
 * `free` failures need no wait. Then it is 10 s, doubled by each further failure up to `maxWait`; one failure is forgotten
 * every `leak` milliseconds.
 */
interface Limit {
  free: number;
  leak: number;
  maxWait: number;
}

/** A device that signed in before is judged by its own failures only, so nobody else can make it wait. */
export const limits = {
  device: { free: 10, leak: 5 * minute, maxWait: 5 * minute },
  /** One email from one network. */
  pair: { free: 5, leak: 15 * minute, maxWait: 15 * minute },
  /** All emails from one network, which can belong to a whole office. */
  network: { free: 30, leak: minute, maxWait: 15 * minute },
  /** One email from all networks. A network's first try of a day does not wait for it. */
  email: { free: 20, leak: 5 * minute, maxWait: 5 * minute },
  /** The codes of one user's authenticator app from all networks. Only somebody with the password gets as far. */
  factor: { free: 20, leak: 5 * minute, maxWait: 5 * minute },
  /** The current password, asked for in a session. */
  session: { free: 5, leak: 5 * minute, maxWait: 15 * minute },
} satisfies Record<string, Limit>;

/** What a try counts against. */
export interface Counter {
  kind: keyof typeof limits;
  key: string;
}

/** Who tries to sign in. */
interface Try {
  email: string;
  ip: string;
  /** The user and the device, if it signed in as this user before. */
  device: { userId: string; hash: Buffer } | null;
}

/** The counters of tries to enter the current password in a session. */
export function sessionCounters(secret: string): Counter[] {
  return [{ kind: "session", key: `session:${hashSecret(secret).toString("base64url")}` }];
}

/** The counters of a sign-in at the identity provider. Nobody says who it will be, so a known device counts for itself. */
export function providerCounters({ ip, device }: { ip: string; device: string | null }): Counter[] {
  if (device === null) return [{ kind: "network", key: `ip:${networkOf(ip, signInBits)}` }];
  return [{ kind: "device", key: `device:provider:${hashSecret(device).toString("base64url")}` }];
}

/**
 * The counters of a second factor. Only codes of six digits are guessable, so nobody can make a user wait for a passkey
 * or a recovery code. `device` is the hash of a device that signed in as this user before.
 */
export function factorCounters({
  userId,
  ip,
  device,
  guessable,
}: {
  userId: string;
  ip: string;
  device: Buffer | null;
  guessable: boolean;
}): Counter[] {
  const what = guessable ? "code" : "factor";
  if (device) return [{ kind: "device", key: `${what}-device:${userId}:${device.toString("base64url")}` }];
  const network = networkOf(ip, signInBits);
  return [
    { kind: "pair", key: `${what}-pair:${userId}:${network}` },
    { kind: "network", key: `ip:${network}` },
    ...(guessable ? [{ kind: "factor", key: `factor:${userId}` } as const] : []),
  ];
}

/** The counters of a sign-in. Emails are hashed, since people also type passwords into that field. */
export function countersOf({ email, ip, device }: Try): Counter[] {
  if (device) {
    return [{ kind: "device", key: `device:${device.userId}:${device.hash.toString("base64url")}` }];
  }
  const hash = createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
  const network = networkOf(ip, signInBits);
  return [
    { kind: "pair", key: `pair:${hash}:${network}` },
    { kind: "network", key: `ip:${network}` },
    { kind: "email", key: `email:${hash}` },
  ];
}

/**
 * Counts a try as failed before the password is checked, so that parallel tries are limited too. Returns 0, or the
 * milliseconds to wait if the try is not allowed; then it isn't counted.
 */
export async function takeTry(tx: Transaction, counters: readonly Counter[], now: Date): Promise<number> {
  const rows = await lockFailures(tx, counters, now);
  const firstOfNetwork = rows.some(({ kind, isNew }) => kind === "pair" && isNew);
  const judged = rows.filter(({ kind }) => !(kind === "email" && firstOfNetwork));
  const wait = Math.max(...judged.map((row) => waitBefore(row, limits[row.kind], now)));
  if (wait > 0) {
    const unused = rows.filter(({ isNew }) => isNew).map(({ key }) => key);
    if (unused.length > 0) await tx.deleteFrom("sign_in_failures").where("key", "in", unused).execute();
    return wait;
  }
  for (const row of rows) {
    const failures = failuresLeft(row, limits[row.kind], now) + 1;
    await tx
      .updateTable("sign_in_failures")
      .set({ failures, last_at: now })
      .where("key", "=", row.key)
      .execute();
  }
  return 0;
}

/** The rows, created if missing and locked in the order of their keys. */
async function lockFailures(tx: Transaction, counters: readonly Counter[], now: Date) {
  const keys = counters.map(({ key }) => key).sort();
  const made = await tx
    .insertInto("sign_in_failures")
    .values(keys.map((key) => ({ key, failures: 0, last_at: now })))
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("key")
    .execute();
  const rows = await tx
    .selectFrom("sign_in_failures")
    .select(["key", "failures", "last_at as lastAt"])
    .where("key", "in", keys)
    .orderBy("key")
    .forUpdate()
    .execute();
  return rows.flatMap((row) => {
    const kind = counters.find(({ key }) => key === row.key)?.kind;
    return kind ? [{ ...row, kind, isNew: made.some(({ key }) => key === row.key) }] : [];
  });
}

/** Removes the failure counted for a try that succeeded, and all failures of this device, network and email together. */
export async function forgiveTry(tx: Transaction, counters: readonly Counter[]): Promise<void> {
  for (const { kind, key } of counters.toSorted((one, other) => (one.key < other.key ? -1 : 1))) {
    if (kind === "network" || kind === "email" || kind === "factor") {
      await tx
        .updateTable("sign_in_failures")
        .set({ failures: sql<number>`greatest(failures - 1, 0)` })
        .where("key", "=", key)
        .execute();
    } else await tx.deleteFrom("sign_in_failures").where("key", "=", key).execute();
  }
}

/** No failure counts this long. */
const maxAge = 24 * 60 * minute;
/** To push out what counts against them, others would need a third as many tries that were not refused. */
const maxRows = 50_000;

/** Deletes old failures, in small batches; what others have locked is left to them. */
export async function forgetOldTries(db: Kysely<Tables>, now: Date): Promise<void> {
  await sql`
    delete from sign_in_failures where key in (
      select key from sign_in_failures where last_at < greatest(${new Date(now.getTime() - maxAge)}::timestamptz,
        (select last_at from sign_in_failures order by last_at desc offset ${maxRows} limit 1))
      limit 500 for update skip locked)`.execute(db);
}

/** Milliseconds before the next try. */
export function waitBefore(record: Failures, { free, leak, maxWait }: Limit, now: Date): number {
  const left = failuresLeft(record, { leak }, now);
  if (left < free) return 0;
  const wait = Math.min(maxWait, 10 * second * 2 ** (left - free));
  return Math.max(0, wait - elapsed(record, now));
}

/** The failures that still count. */
function failuresLeft(record: Failures, { leak }: Pick<Limit, "leak">, now: Date): number {
  return Math.max(0, record.failures - Math.floor(elapsed(record, now) / leak));
}

/** Milliseconds since the last failure. Never negative: a later request may have read the clock earlier. */
function elapsed({ lastAt }: Failures, now: Date): number {
  return Math.max(0, now.getTime() - lastAt.getTime());
}

/** A site gets a /48 of IPv6 addresses, and could take a new one for each try. */
export const signInBits = 48;

/** The network that an address counts for: IPv6 by the first `bits`, since a provider gives each customer at least a /64. */
export function networkOf(ip: string, bits = 64): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString();
}
