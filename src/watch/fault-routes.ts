import type { Kysely } from "kysely";
import type { App, Deps } from "../api/deps.ts";
import { page } from "../api/page.ts";
import { requires } from "../api/requires.ts";
import type { Tables } from "../db/tables/tables.ts";
import { faultTitle } from "./compare-faults.ts";
import { type SetupFaultBody, setupFaultBody } from "./contract.ts";
import { type BrokenCause, gatherCauses, readBroken } from "./gather-causes.ts";

/** What is broken of the set-up now. There is never more than a page of it. */
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
      const faults = await listFaults(db.kysely);
      return { results: faults.map((fault) => show(fault, clock())), next: null };
    },
  );
}

function show(standing: StandingFault, now: Date): SetupFaultBody {
  const { cause, fault, remedy, waiting, destinations, record } = standing;
  return {
    title: faultTitle(standing),
    remedy,
    fault,
    of: cause.startsWith("app:") ? "slack-app" : "destinations",
    since: (record?.since ?? standing.since ?? now).toISOString(),
    waiting,
    destinations: destinations.map(({ id, name }) => ({ id, displayName: name })),
    alert: record?.alert ?? null,
  };
}

/** What is broken now, and what is on record of it: not yet, in the first moment. */
interface StandingFault extends BrokenCause {
  record: { since: Date; alert: { id: string; number: number } | null } | null;
}

/** What is broken now, the longest first. */
async function listFaults(db: Kysely<Tables>): Promise<StandingFault[]> {
  const [broken, records] = await Promise.all([readBroken(db).then(gatherCauses), openRecords(db)]);
  const byCause = new Map(records.map(({ cause, ...record }) => [cause, record]));
  const standing = broken.map((cause) => ({ ...cause, record: byCause.get(cause.cause) ?? null }));
  return standing.sort((a, b) => sinceOf(a) - sinceOf(b));
}

function sinceOf({ record, since }: StandingFault): number {
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
