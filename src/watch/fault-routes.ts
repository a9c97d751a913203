import type { Kysely } from "kysely";
import type { App, Deps } from "../api/deps.ts";
import { page } from "../api/page.ts";
import { requires } from "../api/requires.ts";
import type { Tables } from "../db/tables/tables.ts";
import { faultTitle, repairedAt } from "./compare-faults.ts";
import { type SetupFaultBody, setupFaultBody } from "./contract.ts";
import { type BrokenCause, readCauses } from "./gather-causes.ts";
import { readWrongClock, type WrongClock } from "./stale-requests.ts";

/** List what is broken in the setup; always one page. */
export function setupFaultRoutes(app: App, { db, clock }: Deps): void {
  app.get(
    "/api/v1/setup-faults",
    {
      ...requires("View Destinations"),
      schema: {
        tags: ["Destinations"],
        summary: "List what keeps alerts from going out, and what to do",
        response: { 200: page(setupFaultBody) },
      },
    },
    async () => {
      const [faults, wrong] = await Promise.all([listFaults(db.kysely), readWrongClock(db.kysely)]);
      const results = faults.map((fault) => toBody(fault, clock()));
      return { results: [...(wrong ? [clockBody(wrong)] : []), ...results], next: null };
    },
  );
}

function toBody(setupFault: ListedFault, now: Date): SetupFaultBody {
  const { cause, fault, remedy, waiting, destinations, record } = setupFault;
  return {
    title: faultTitle(setupFault),
    remedy,
    fault,
    of: repairedAt(cause),
    since: (record?.since ?? setupFault.since ?? now).toISOString(),
    waiting,
    destinations: destinations.map(({ id, name }) => ({ id, displayName: name })),
    alert: record?.alert ?? null,
  };
}

function clockBody({ since, remedy }: WrongClock): SetupFaultBody {
  return {
    ...{ title: "Requests from Slack are refused as stale", remedy, fault: "stale", of: "slack-app" },
    ...{ since: since.toISOString(), waiting: 0, destinations: [], alert: null },
  };
}

/** A broken cause with its stored fault; null until the fault is stored. */
interface ListedFault extends BrokenCause {
  record: { since: Date; alert: { id: string; number: number } | null } | null;
}

/** The current faults, the oldest first. */
async function listFaults(db: Kysely<Tables>): Promise<ListedFault[]> {
  const [broken, records] = await Promise.all([readCauses(db), openRecords(db)]);
  const byCause = new Map(records.map(({ cause, ...record }) => [cause, record]));
  const listed = broken.map((cause) => ({ ...cause, record: byCause.get(cause.cause) ?? null }));
  return listed.sort((a, b) => sinceOf(a) - sinceOf(b));
}

function sinceOf({ record, since }: ListedFault): number {
  return (record?.since ?? since)?.getTime() ?? Number.POSITIVE_INFINITY;
}

async function openRecords(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom("setup_faults")
    .leftJoin("alerts", "alerts.id", "alert_id")
    .select(["cause", "since", "alerts.id as alertId", "alerts.number as alertNumber"])
    .where("ended_at", "is", null)
    .execute();
  return rows.map(({ alertId, alertNumber, ...row }) => {
    const alert = alertId !== null && alertNumber !== null ? { id: alertId, number: alertNumber } : null;
    return { ...row, alert };
  });
}
