import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { faultCauses } from "../alert/destination.ts";
import type { IntakeConnection, IntakeTransaction } from "../db/intake-transaction.ts";
import { notify } from "../db/notify.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { ownSource } from "../dedup/incoming.ts";
import { ingestReports } from "../pipeline.ts";
import {
  compareFaults,
  type FaultChanges,
  nothingChanged,
  type OpenFault,
  overWords,
} from "./compare-faults.ts";
import { type BrokenCause, gatherCauses, readBroken } from "./gather-causes.ts";
import { faultReport, overReport } from "./own-report.ts";
import { endMails, queueMails } from "./send-mails.ts";

export interface SettleDeps {
  kysely: Kysely<Tables>;
  lane: IntakeConnection;
  publicUrl: string;
  /** Whether mail can be sent at all. */
  mails: boolean;
}

/** Of several nodes one settles at a time. The number means nothing but this. */
const lock = 7_362_001;

/**
 * Writes down what broke and what is whole again, opens and resolves the alerts about it, and queues the
 * mails: one transaction, so that each is told once, whichever node dies when. Says whether anything changed.
 */
export async function settleFaults(deps: SettleDeps): Promise<boolean> {
  if (nothingChanged(await lookAtFaults(deps.kysely))) return false;
  return deps.lane.transaction(async (intake) => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(intake.tx);
    const changes = await lookAtFaults(intake.tx);
    if (nothingChanged(changes)) return { result: false, last: [] };
    return { result: true, last: await write(intake, changes, deps) };
  });
}

async function lookAtFaults(db: Kysely<Tables>): Promise<FaultChanges> {
  const [rows, open] = await Promise.all([readBroken(db), readOpen(db)]);
  return compareFaults(gatherCauses(rows), open);
}

function readOpen(db: Kysely<Tables>): Promise<OpenFault[]> {
  return db
    .selectFrom("setup_faults")
    .select(["id", "cause", "fault", "name", "remedy", "since", "alert_id as alertId", "mailed"])
    .where("ended_at", "is", null)
    .execute();
}

async function write(
  intake: IntakeTransaction,
  changes: FaultChanges,
  deps: SettleDeps,
): Promise<Promise<unknown>[]> {
  const { tx } = intake;
  for (const broken of changes.broke) await insert(tx, broken);
  for (const { id, now } of changes.changed) {
    const { fault, name, remedy } = now;
    await tx.updateTable("setup_faults").set({ fault, name, remedy }).where("id", "=", id).execute();
  }
  const ids = new Map((await readOpen(tx)).map(({ id, cause }) => [cause, id]));
  const idOf = ({ cause }: BrokenCause) => ids.get(cause) ?? "";
  const last = await tellAlerts(intake, changes, { idOf, publicUrl: deps.publicUrl });
  for (const broken of changes.mail) {
    const id = idOf(broken);
    if (deps.mails) await queueMails(tx, id);
    await tx.updateTable("setup_faults").set({ mailed: true }).where("id", "=", id).execute();
  }
  await end(tx, changes.over);
  await notify(tx, { settings: "faults" });
  return last;
}

async function insert(tx: Transaction, { cause, fault, name, remedy, since }: BrokenCause): Promise<void> {
  await tx
    .insertInto("setup_faults")
    .values({ id: uuidv7(), cause, fault, name, remedy, since: since ?? undefined })
    .execute();
}

interface Telling {
  idOf: (broken: BrokenCause) => string;
  publicUrl: string;
}

/** Alerts are opened and resolved by the pipeline, as any source's are. */
async function tellAlerts(
  intake: IntakeTransaction,
  { alert, over }: FaultChanges,
  { idOf, publicUrl }: Telling,
) {
  const needed = over.length > 0 ? await causesInUse(intake.tx) : new Set();
  const told = over.filter(({ alertId }) => alertId !== null);
  const reports = [
    ...alert.map((broken) => faultReport(idOf(broken), broken, publicUrl)),
    ...told.map((fault) => overReport(fault, overWords(fault, needed.has(fault.cause)))),
  ];
  const { result, last } = await ingestReports(
    intake,
    reports.map((report) => ({ source: ownSource, report })),
  );
  for (const [at, broken] of alert.entries()) {
    const alertId = result[at]?.alertId ?? null;
    await intake.tx
      .updateTable("setup_faults")
      .set({ alert_id: alertId })
      .where("id", "=", idOf(broken))
      .execute();
  }
  await notify(intake.tx, { alerts: result.flatMap(({ alertId }) => alertId ?? []) });
  return last;
}

async function causesInUse(tx: Transaction): Promise<Set<string>> {
  const living = await tx
    .selectFrom("destinations")
    .select(["line", "installation_id as installationId"])
    .where("deleted_at", "is", null)
    .where("enabled", "=", true)
    .execute();
  return new Set(living.flatMap(faultCauses));
}

async function end(tx: Transaction, over: OpenFault[]): Promise<void> {
  for (const { id } of over) {
    await tx.updateTable("setup_faults").set({ ended_at: sql<Date>`now()` }).where("id", "=", id).execute();
    await endMails(tx, id);
  }
}
