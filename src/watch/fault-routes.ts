import { faultTitle } from "./faults/fault-words.ts";
import { listFaults, type StandingFault } from "./faults/list-faults.ts";
import { requires } from "../api/requires.ts";
import { page } from "../http/contract/list.ts";
import { type SetupFaultBody, setupFaultBody } from "./contract.ts";
import type { App, Deps } from "../api/deps.ts";

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
