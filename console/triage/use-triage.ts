import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Page } from "../../src/api/page.ts";
import type { AlertBody, AlertChange, AlertRow } from "../../src/triage/contract.ts";
import { alertsApi, type BulkOutcome } from "../api/alerts.ts";
import { ApiError } from "../api/request.ts";
import { showError, toasts } from "../components/toasts.tsx";

type TriageChange = Omit<AlertChange, "version">;
type Target = Pick<AlertRow, "id" | "number" | "version">;

/**
 * Changes one alert or many. A change of one carries the version that is shown, so that it can't overwrite
 * another person's change; bulk changes have no such check. A form that shows errors itself says so.
 */
export function useTriage(errors: "as a toast" | "in the form" = "as a toast") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ alerts, change }: { alerts: Target[]; change: TriageChange }) => apply(alerts, change),
    onSuccess({ alert, outcomes }, { alerts }) {
      if (alert) storeAlert(queries, alert);
      if (outcomes) toasts.show(describeOutcomes(outcomes), outcomes.some(isBad) ? "bad" : "good");
      for (const { id } of alert ? alerts : [])
        void queries.invalidateQueries({ queryKey: ["alert-parts", id] });
    },
    onError(error) {
      const current = error instanceof ApiError ? error.problem.alert : undefined;
      if (current) storeAlert(queries, current);
      if (errors === "as a toast") showError("Nothing was changed.", error);
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
  // Tags are set for one alert at a time.
  const { tags: _, ...shared } = change;
  const { results } = await alertsApi.changeMany({ ids: alerts.map(({ id }) => id), ...shared });
  return { outcomes: results };
}

function isBad({ outcome }: BulkOutcome): boolean {
  return outcome === "refused" || outcome === "not_found";
}

function describeOutcomes(outcomes: BulkOutcome[]): string {
  const bad = outcomes.filter(isBad);
  const done = `${outcomes.length - bad.length} alerts changed`;
  return bad.length === 0
    ? `${done}.`
    : `${done}, ${bad.length} not changed: ${bad[0]?.detail ?? "not found"}`;
}

/** Updates an alert in the cached data of its page and of every list. */
export function storeAlert(queries: QueryClient, alert: AlertBody): void {
  queries.setQueriesData<AlertBody>({ queryKey: ["alert"] }, (cached) =>
    cached?.id === alert.id ? alert : cached,
  );
  queries.setQueriesData<InfiniteData<Page<AlertRow>>>({ queryKey: ["alerts"] }, (list) =>
    list ? { ...list, pages: list.pages.map((page) => withRow(page, alert)) } : list,
  );
}

function withRow(page: Page<AlertRow>, alert: AlertBody): Page<AlertRow> {
  if (!page.results.some(({ id }) => id === alert.id)) return page;
  return { ...page, results: page.results.map((row) => (row.id === alert.id ? alert : row)) };
}
