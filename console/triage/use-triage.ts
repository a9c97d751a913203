import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Page } from "../../src/api/page.ts";
import type { AlertBody, AlertChange, AlertRow } from "../../src/triage/contract.ts";
import { alertsApi, type BulkOutcome } from "../api/alerts.ts";
import { ApiFault } from "../api/request.ts";
import { notices, tellFault } from "../components/notices.tsx";

type TriageChange = Pick<AlertChange, "status" | "assignee" | "comment">;
type Target = Pick<AlertRow, "id" | "number" | "version">;

/**
 * Changes one alert or many. One is changed as the version that is shown, so that whoever was first is not
 * overruled unseen; of many the last word counts, as it does in the API.
 */
export function useTriage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ alerts, change }: { alerts: Target[]; change: TriageChange }) => apply(alerts, change),
    onSuccess({ alert, outcomes }, { alerts }) {
      if (alert) storeAlert(queries, alert);
      if (outcomes) notices.say(sayOutcomes(outcomes), outcomes.some(isBad) ? "bad" : "good");
      for (const { id } of alert ? alerts : [])
        void queries.invalidateQueries({ queryKey: ["of-alert", id] });
    },
    onError(fault) {
      const present = fault instanceof ApiFault ? fault.problem.alert : undefined;
      if (present) storeAlert(queries, present);
      tellFault("Nothing was changed.", fault);
    },
  });
}

async function apply(
  alerts: Target[],
  change: TriageChange,
): Promise<{ alert?: AlertBody; outcomes?: BulkOutcome[] }> {
  const [only] = alerts;
  if (only && alerts.length === 1) {
    return { alert: await alertsApi.change(only.id, { ...change, version: only.version }) };
  }
  const { results } = await alertsApi.changeMany({ ids: alerts.map(({ id }) => id), ...change });
  return { outcomes: results };
}

function isBad({ outcome }: BulkOutcome): boolean {
  return outcome === "refused" || outcome === "not_found";
}

function sayOutcomes(outcomes: BulkOutcome[]): string {
  const bad = outcomes.filter(isBad);
  const done = `${outcomes.length - bad.length} alerts changed`;
  return bad.length === 0 ? `${done}.` : `${done}, ${bad.length} not: ${bad[0]?.detail ?? "not found"}`;
}

/** Puts an alert as it stands now wherever it is shown: its page, and its row in every list, in place. */
export function storeAlert(queries: QueryClient, alert: AlertBody): void {
  queries.setQueriesData<AlertBody>({ queryKey: ["alert"] }, (shown) =>
    shown?.id === alert.id ? alert : shown,
  );
  queries.setQueriesData<InfiniteData<Page<AlertRow>>>({ queryKey: ["alerts"] }, (list) =>
    list ? { ...list, pages: list.pages.map((page) => withRow(page, alert)) } : list,
  );
}

function withRow(page: Page<AlertRow>, alert: AlertBody): Page<AlertRow> {
  if (!page.results.some(({ id }) => id === alert.id)) return page;
  return { ...page, results: page.results.map((row) => (row.id === alert.id ? alert : row)) };
}
