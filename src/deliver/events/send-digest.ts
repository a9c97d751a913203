import { sql } from "kysely";
import { notify } from "../../db/notify.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { appended, bySystem } from "../../history/append.ts";
import { type ClaimedEvent, isGatherable, type OpeningJob } from "../../outbox/claim-event.ts";
import { digested } from "../../outbox/deliveries.ts";
import type { Deps } from "../../outbox/deps.ts";
import { releaseLine } from "../../outbox/lines.ts";
import { redirectDelivery } from "../send-elsewhere.ts";
import type { DigestPart } from "./alert-event.ts";
import type { EventWork } from "./event-work.ts";
import { readEventData } from "./read-event.ts";
import { settleFault } from "./settle-event.ts";

/** More alerts than this go into the next digest. */
const maxAlerts = 1000;

/**
 * Sends one message for all the deliveries of the line that a digest may stand for, and settles them as `digested`.
 * Further ones wait until the next digest may go out. If it fails, the claimed delivery waits like any other, and the
 * next attempt gathers again.
 */
export async function sendDigest(
  deps: Deps,
  work: EventWork,
  { line, job }: { line: ClaimedEvent; job: OpeningJob },
): Promise<void> {
  const { target } = await readEventData(deps.db, job);
  if (await redirectDelivery(deps, line, { job, destination: target })) return;
  const gathered = await gather(deps, { line: line.key, destinationId: target.id });
  const alerts = gathered.map(({ deliveryId: _, ...alert }) => alert);
  const id = `${job.deliveryId}.${job.waitingSince.getTime()}.digest`;
  try {
    await work.sendDigest?.(target, { id, alerts, listUrl: `${deps.publicUrl}/alerts` });
  } catch (fault) {
    return await settleFault(deps, line, { job, place: target.place, waitingSince: job.waitingSince, fault });
  }
  const ids = gathered.map(({ deliveryId }) => deliveryId);
  const digest = { destination: { id: target.id, name: target.name }, place: target.place };
  const settled = await transaction(deps.db, (tx) => settleDigested(tx, ids, { ...digest, locked: "skip" }));
  // One at a time, since two transactions that lock many alerts can wait for each other.
  for (const id of ids.filter((one) => !settled.includes(one)))
    await transaction(deps.db, (tx) => settleDigested(tx, [id], { ...digest, locked: "wait" }));
  await releaseForDigests(deps, line);
  deps.log({ line: line.key, deliveries: ids.length }, "digest delivered");
}

async function gather(
  { db }: Pick<Deps, "db">,
  { line, destinationId }: { line: string; destinationId: string },
): Promise<(DigestPart["alerts"][number] & { deliveryId: string })[]> {
  const { rows } = await sql<DigestPart["alerts"][number] & { deliveryId: string }>`
    select d.id as "deliveryId", a.number::int as number, a.title, a.severity, a.status,
      coalesce(a.detection_name, nullif(a.detection_id, ''), a.title) as detection
    from (select id, alert_id, number, severity from deliveries
      where line = ${line} and destination_id = ${destinationId} and state in ('waiting', 'sending')
        and ${isGatherable} order by severity desc, number limit ${maxAlerts}) d
    join alerts a on a.id = d.alert_id
    order by d.severity desc, d.number`.execute(db.kysely);
  return rows;
}

interface Digested {
  destination: { id: string; name: string };
  place: string;
  /** What to do about an alert that is being changed. */
  locked: "skip" | "wait";
}

/** Ends these deliveries, and returns their ids; those that no digest may stand for any more wait for their turn. */
async function settleDigested(
  tx: Transaction,
  ids: string[],
  { destination, place, locked }: Digested,
): Promise<string[]> {
  const data = JSON.stringify({ destination, place, permalink: null });
  const { rows } = await sql<{ id: string; alert_id: string }>`
    with chosen as (
      select d.id from deliveries d join alerts a on a.id = d.alert_id
      where d.id = any(${ids}::uuid[]) and not d.asked and d.severity < 'HIGH'
      for update of d, a ${sql.raw(locked === "skip" ? "skip locked" : "")}
    ), digested as (
      ${digested({ from: sql`chosen`, where: sql`d.id = chosen.id` })} returning d.id, d.alert_id
    ), attempts as (
      insert into delivery_attempts (id, delivery_id, outcome, channel_id)
      select gen_random_uuid(), id, 'digested', ${place} from digested
    ), entries as (
      select alert_id, id as place, ${bySystem}, 'digested' as kind, ${data}::jsonb as data from digested
    ), ${appended(sql`entries`)}
    select id, alert_id from digested`.execute(tx);
  await notify(tx, { alerts: rows.map((row) => row.alert_id) });
  return rows.map(({ id }) => id);
}

/** The line's next digest may go out after a while. */
async function releaseForDigests(deps: Deps, line: ClaimedEvent): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`
      update lines set digest_due_at = now() + make_interval(secs => ${deps.pace.mailDigest})
      where key = ${line.key} and leased_by = ${line.lease}`.execute(tx);
    await releaseLine(tx, deps, line, { kind: "used" });
  });
}
