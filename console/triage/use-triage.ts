import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AlertBody, AlertChange, AlertRow } from "../../src/triage/contract.ts";
import { alertsApi, type BulkOutcome } from "../api/alerts.ts";
import { ApiFault } from "../api/api-fault.ts";
import { notices } from "../parts/notices/notice-board.ts";
import { tellFault } from "../parts/notices/tell-fault.ts";
import { storeAlert } from "./store-alert.ts";

export type TriageChange = Pick<AlertChange, "status" | "assignee" | "comment">;
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
