import { type Kysely, sql } from "kysely";
import type { Tables } from "../db/tables/tables.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { audit } from "./audit-log/audit.ts";
import type { Principal } from "./principal.ts";
import { networkOf, signInBits } from "./sign-in-tries.ts";

const minute = 60_000;
const periodMs = 10 * minute;
/** Entries of their own per network and period; further ones are summed up. */
const maxSingle = 10;
/** Networks that are counted apart; all others are counted together. */
const maxNetworks = 50;
const others = "others";

interface RefusedSignIn {
  by: Principal & { ip: string };
  /** As it was typed, or as the identity provider says; null if nobody said. */
  email: string | null;
  /** For people, without secrets. */
  why: string;
  now: Date;
  /** Which step was refused; the sign-in as a whole by default. */
  action?: "session.signed_in" | "session.second_factor";
}

/**
 * Adds a refused sign-in to the audit log. After some of them from a network, the further ones of ten minutes become one
 * entry with their number, so that an attack adds at most 561 entries in ten minutes.
 */
export async function auditRefusedSignIn(tx: Transaction, refused: RefusedSignIn): Promise<void> {
  const { by, email, why, now, action = "session.signed_in" } = refused;
  await writeSums(tx, now);
  const number = await count(tx, networkOf(by.ip, signInBits), now);
  if (number > maxSingle) return;
  const data = { ...(email !== null && { email: asEmail(email) }), why };
  const { type, id } = by.actor;
  const target = type === "user" && id ? { type, id } : null;
  await audit(tx, by, { action, target, outcome: "refused", changes: null, data });
}

async function count(tx: Transaction, network: string, now: Date): Promise<number> {
  const { rows } = await sql<{ refused: number }>`
    insert into refused_sign_ins (network, since, last_at, refused)
    select case when exists (select from refused_sign_ins where network = ${network})
      or (select count(*) from refused_sign_ins) < ${maxNetworks} then ${network} else ${others} end,
      ${now}::timestamptz, ${now}::timestamptz, 1
    on conflict (network) do update set refused = refused_sign_ins.refused + 1, last_at = excluded.last_at
    returning refused`.execute(tx);
  return rows[0]?.refused ?? 1;
}

/** Writes the entries of periods that are over; every node calls it now and then. */
export function sumUpRefusedSignIns(db: { kysely: Kysely<Tables> }, now: Date): Promise<void> {
  return transaction(db, (tx) => writeSums(tx, now));
}

interface Sum {
  network: string;
  since: Date;
  lastAt: Date;
  refused: number;
}

async function writeSums(tx: Transaction, now: Date): Promise<void> {
  const { rows } = await sql<Sum>`
    delete from refused_sign_ins where network in (
      select network from refused_sign_ins where since <= ${new Date(now.getTime() - periodMs)}
      for update skip locked)
    returning network, since, last_at as "lastAt", refused`.execute(tx);
  const over = rows.filter(({ refused }) => refused > maxSingle);
  for (const sum of over)
    await audit(tx, summedBy(sum), { action: "session.sign_ins_refused", ...summed(sum) });
}

function summedBy({ network }: Sum) {
  const actor = { type: "system", id: null, name: "Nobody signed in" } as const;
  const ip = network === others ? null : network;
  return { actor, via: "console", ip, agent: null, slack: null } as const;
}

function summed({ network, since, lastAt, refused }: Sum) {
  const further = refused - maxSingle;
  const data = { further, from: since.toISOString(), to: lastAt.toISOString() };
  return {
    target: null,
    outcome: "refused" as const,
    changes: null,
    data: network === others ? { ...data, addresses: "many" } : data,
  };
}

/** Keeps passwords that were typed into the email field out of the audit log. */
function asEmail(typed: string): string {
  return typed.includes("@") ? typed : "not an email";
}
