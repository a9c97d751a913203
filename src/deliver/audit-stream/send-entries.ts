import { sql } from "kysely";
import { v4 as randomId } from "uuid";
import type { Database } from "../../db/connect.ts";
import type { Pace } from "../../pace.ts";
import { rowsAfter } from "../../people/audit-log/find-entries.ts";
import { EventFault } from "../events/event-fault.ts";
import type { Outgoing } from "../events/outgoing.ts";
import type { StreamKind } from "./contract.ts";
import { sendTo, streamedEntry } from "./receivers.ts";
import { readReceiver } from "./streams.ts";

export interface StreamDeps {
  db: Pick<Database, "kysely">;
  outgoing: Outgoing;
  publicUrl: string;
  pace: Pick<Pace, "firstProbe" | "maxProbe">;
  log: (facts: Record<string, unknown>, what: string) => void;
}

const batchSize = 50;
const leaseSeconds = 60;

/**
 * Sends the entries that were chained since the last time, in the order of the chain, each at least once. The log itself
 * is the backlog, read a batch at a time, so a receiver that is down holds up nothing and costs no memory. One node sends
 * to a receiver at a time; after a failure it is tried again, at first after `firstProbe` seconds.
 */
export async function sendAuditEntries(deps: StreamDeps, kind: StreamKind): Promise<void> {
  const { db, outgoing, publicUrl } = deps;
  const host = new URL(publicUrl).hostname;
  while (true) {
    const claim = await claimStream(db, kind);
    if (!claim) return;
    const rows = await rowsAfter(db.kysely, claim.sentSeq, batchSize);
    const receiver = rows.length > 0 ? await readReceiver(db.kysely, outgoing.vault, kind) : null;
    if (!receiver) return release(db, claim);
    const entries = rows.map(streamedEntry);
    try {
      await sendTo(outgoing, receiver, entries, {
        host,
        sent: async (count) => {
          const seq = rows[count - 1]?.seq;
          if (typeof seq === "number") await recordSent(db, claim, seq);
        },
      });
    } catch (fault) {
      if (!(fault instanceof EventFault)) throw fault;
      await recordFault(deps, claim, fault);
      return;
    }
    await release(db, claim);
    if (rows.length < batchSize) return;
  }
}

interface Claim {
  kind: StreamKind;
  lease: string;
  sentSeq: number;
  attempts: number;
}

/** Claims a receiver that is due and has something to get. What retention removed before it was sent is left out. */
async function claimStream(db: StreamDeps["db"], kind: StreamKind): Promise<Claim | null> {
  const lease = randomId();
  const { rows } = await sql<Claim>`
    update audit_streams s set lease = ${lease}, leased_until = now() + make_interval(secs => ${leaseSeconds})
    from audit_head h where s.kind = ${kind} and s.run_at <= now() and h.seq > s.sent_seq
      and (s.leased_until is null or s.leased_until < now())
    returning s.kind, s.lease, greatest(s.sent_seq, h.start_seq) as "sentSeq", s.attempts`.execute(db.kysely);
  return rows[0] ?? null;
}

async function release({ kysely }: StreamDeps["db"], { kind, lease }: Claim): Promise<void> {
  await sql`update audit_streams set lease = null, leased_until = null
    where kind = ${kind} and lease = ${lease}`.execute(kysely);
}

/** Notes what was taken and renews the lease; throws if the receiver was changed or another node has it. */
async function recordSent({ kysely }: StreamDeps["db"], { kind, lease }: Claim, seq: number): Promise<void> {
  const { rows } = await sql`
    update audit_streams set sent_seq = ${seq}, last_sent_at = now(), attempts = 0, fault = null, fault_since = null,
      broken = false, leased_until = now() + make_interval(secs => ${leaseSeconds})
    where kind = ${kind} and lease = ${lease} returning 1`.execute(kysely);
  if (rows.length === 0) throw new EventFault({ kind: "passing", code: "changed_meanwhile" });
}

/** So many failures in a row make a receiver broken even if each looks passing. */
const brokenAfter = 3;

async function recordFault(
  { db, pace, log }: StreamDeps,
  { kind, lease }: Claim,
  { kind: how, code, retryAfterSeconds }: EventFault,
): Promise<void> {
  const act = how === "setup" || how === "content";
  const { rows } = await sql<{ attempts: number }>`
    update audit_streams set attempts = attempts + 1, fault = ${code}, fault_since = coalesce(fault_since, now()),
      broken = ${act} or attempts + 1 >= ${brokenAfter}, lease = null, leased_until = null,
      run_at = now() + make_interval(secs => greatest(${retryAfterSeconds ?? 0}::float8,
        least(${pace.maxProbe}::float8, ${pace.firstProbe}::float8 * power(2, least(attempts, 20)))))
    where kind = ${kind} and lease = ${lease} returning attempts`.execute(db.kysely);
  if (rows[0])
    log({ receiver: kind, error: code, attempts: rows[0].attempts }, "the audit log could not be sent");
}
