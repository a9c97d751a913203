import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { AlertBody, AlertRow } from "../../src/triage/contract.ts";
import type { Page } from "../../src/http/contract/list.ts";

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
