import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { type Person, statusLabels } from "../../src/alert/alert.ts";
import type { Page } from "../../src/api/page.ts";
import type { AlertBody, AlertChange, AlertRow } from "../../src/triage/contract.ts";
import { alertsApi, type BulkOutcome } from "../api/alerts.ts";
import { ApiError } from "../api/request.ts";
import { showError, toasts } from "../components/toasts.tsx";
import { type Reversal, reversalsOf } from "./undo.ts";

type TriageChange = Omit<AlertChange, "version">;
type Target = Pick<AlertRow, "id" | "number" | "version" | "status" | "assignee">;

/**
 * Changes one alert or many. A change of one carries the version that is shown, so that it can't overwrite
 * another person's change, and is shown at once; bulk changes have no such check. A form that shows errors itself says
 * so.
 */
export function useTriage(errors: "as a toast" | "in the form" = "as a toast") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ alerts, change }: { alerts: Target[]; change: TriageChange }) => apply(alerts, change),
    onMutate({ alerts, change }) {
      const [only] = alerts;
      if (only && alerts.length === 1 && errors === "as a toast")
        updateAlert(queries, only.id, expectedAfter(change, queries));
    },
    onSuccess({ alert, outcomes }, { alerts, change }) {
      if (alert) updateAlert(queries, alert.id, alert);
      for (const { id } of alert ? alerts : [])
        void queries.invalidateQueries({ queryKey: ["alert-parts", id] });
      const changed = outcomes?.filter(({ outcome }) => outcome === "changed").map(({ id }) => id);
      const reversals = reversalsOf(
        alerts.filter(({ id }) => changed?.includes(id) ?? true),
        change,
      );
      const undo = reversals.length > 0 ? () => void takeBack(queries, reversals, alert) : undefined;
      if (outcomes) toasts.show(describeOutcomes(outcomes), outcomes.some(isBad) ? "bad" : "good", undo);
      else if (alert && undo) toasts.show(describeChange(alert, change), "good", undo);
    },
    onError(error, { alerts }) {
      for (const { id, status, assignee } of alerts) updateAlert(queries, id, { status, assignee });
      const current = error instanceof ApiError ? error.problem.alert : undefined;
      if (current) updateAlert(queries, current.id, current);
      if (errors === "as a toast") showError("Nothing was changed.", error);
    },
  });
}

/** What is known of an alert before the answer to a change comes. */
function expectedAfter({ status, assignee }: TriageChange, queries: QueryClient): Partial<AlertRow> {
  const people = queries.getQueryData<Page<Person>>(["assignees"])?.results ?? [];
  const person = assignee === null ? null : people.find(({ id }) => id === assignee);
  return { ...(status && { status }), ...(person !== undefined && { assignee: person }) };
}

/** Undoes a change; that of one alert fails if somebody has changed the alert since. */
async function takeBack(queries: QueryClient, reversals: Reversal[], alert: AlertBody | undefined) {
  try {
    for (const { ids, change } of reversals) {
      if (alert) {
        const undone = await alertsApi.change(alert.id, { ...change, version: alert.version });
        updateAlert(queries, undone.id, undone);
      } else await alertsApi.changeMany({ ids, ...change });
    }
    toasts.show("Undone.");
  } catch (error) {
    const current = error instanceof ApiError ? error.problem.alert : undefined;
    if (current) updateAlert(queries, current.id, current);
    showError("The change was not undone.", error instanceof Error ? error : new Error(String(error)));
  }
  for (const id of reversals.flatMap(({ ids }) => ids))
    void queries.invalidateQueries({ queryKey: ["alert-parts", id] });
}

function describeChange({ number, status, assignee }: AlertBody, change: TriageChange): string {
  if (change.status) return `#${number} is now ${statusLabels[status]}.`;
  return assignee ? `#${number} is assigned to ${assignee.name}.` : `#${number} is unassigned.`;
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
export function updateAlert(queries: QueryClient, id: string, fields: Partial<AlertBody>): void {
  queries.setQueriesData<AlertBody>({ queryKey: ["alert"] }, (cached) =>
    cached?.id === id ? { ...cached, ...fields } : cached,
  );
  queries.setQueriesData<InfiniteData<Page<AlertRow>>>({ queryKey: ["alerts"] }, (list) =>
    list ? { ...list, pages: list.pages.map((page) => withRow(page, id, fields)) } : list,
  );
}

function withRow(page: Page<AlertRow>, id: string, fields: Partial<AlertRow>): Page<AlertRow> {
  if (!page.results.some((row) => row.id === id)) return page;
  return { ...page, results: page.results.map((row) => (row.id === id ? { ...row, ...fields } : row)) };
}
