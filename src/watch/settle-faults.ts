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
  endText,
  type FaultChanges,
  nothingChanged,
  type OpenFault,
} from "./compare-faults.ts";
import { type BrokenCause, readCauses } from "./gather-causes.ts";
import { endReport, faultReport } from "./own-report.ts";
import { endMails, queueMails } from "./send-mails.ts";

export interface SettleDeps {
  kysely: Kysely<Tables>;
  intake: IntakeConnection;
  publicUrl: string;
  /** Whether mail can be sent at all. */
  mails: boolean;
}

/** Advisory lock: one node at a time settles faults. The number is arbitrary. */
const lockId = 7_362_001;

/**
 * Stores new and ended faults, opens and resolves their alerts, and queues their mails. All in one transaction, so that
 * each is reported once even if a node dies. Returns whether anything changed.
 */
export async function settleFaults(deps: SettleDeps): Promise<boolean> {
  if (nothingChanged(await findChanges(deps.kysely))) return false;
  return deps.intake.transaction(async (intake) => {
    await sql`select pg_advisory_xact_lock(${lockId})`.execute(intake.tx);
    const changes = await findChanges(intake.tx);
    if (nothingChanged(changes)) return { result: false, last: [] };
    return { result: true, last: await write(intake, changes, deps) };
  });
}

async function findChanges(db: Kysely<Tables>): Promise<FaultChanges> {
  const [broken, open] = await Promise.all([readCauses(db), readOpen(db)]);
  return compareFaults(broken, open);
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
  for (const broken of changes.started) await insert(tx, broken);
  for (const { id, now } of changes.changed) {
    const { fault, name, remedy } = now;
    await tx.updateTable("setup_faults").set({ fault, name, remedy }).where("id", "=", id).execute();
  }
  const ids = new Map((await readOpen(tx)).map(({ id, cause }) => [cause, id]));
  const idOf = ({ cause }: BrokenCause) => ids.get(cause) ?? "";
  const last = await reportAlerts(intake, changes, { idOf, publicUrl: deps.publicUrl });
  for (const broken of changes.mail) {
    const id = idOf(broken);
    if (deps.mails) await queueMails(tx, id);
    await tx.updateTable("setup_faults").set({ mailed: true }).where("id", "=", id).execute();
  }
  await endFaults(tx, changes.ended);
  await notify(tx, { settings: "faults" });
  return last;
}

async function insert(tx: Transaction, { cause, fault, name, remedy, since }: BrokenCause): Promise<void> {
  await tx
    .insertInto("setup_faults")
    .values({ id: uuidv7(), cause, fault, name, remedy, since: since ?? undefined })
    .execute();
}

interface ReportContext {
  idOf: (broken: BrokenCause) => string;
  publicUrl: string;
}

/** Opens and resolves alerts through the pipeline, like the alerts of any source. */
async function reportAlerts(
  intake: IntakeTransaction,
  { alert, ended }: FaultChanges,
  { idOf, publicUrl }: ReportContext,
) {
  const inUse = ended.length > 0 ? await causesInUse(intake.tx) : new Set();
  const alerted = ended.filter(({ alertId }) => alertId !== null);
  const reports = [
    ...alert.map((broken) => faultReport(idOf(broken), broken, publicUrl)),
    ...alerted.map((fault) => endReport(fault, endText(fault, inUse.has(fault.cause)))),
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
  const destinations = await tx
    .selectFrom("destinations")
    .select(["line", "installation_id as installationId"])
    .where("deleted_at", "is", null)
    .where("enabled", "=", true)
    .execute();
  const streams = await tx.selectFrom("audit_streams").select("kind").execute();
  return new Set([...destinations.flatMap(faultCauses), ...streams.map(({ kind }) => `audit:${kind}`)]);
}

async function endFaults(tx: Transaction, ended: OpenFault[]): Promise<void> {
  for (const { id } of ended) {
    await tx.updateTable("setup_faults").set({ ended_at: sql<Date>`now()` }).where("id", "=", id).execute();
    await endMails(tx, id);
  }
}
