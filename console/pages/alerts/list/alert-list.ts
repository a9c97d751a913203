import { useThrottledCallback } from "@mantine/hooks";
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Page } from "../../../../src/api/page.ts";
import type { AlertRow } from "../../../../src/triage/contract.ts";
import { alertsApi } from "../../../api/alerts.ts";
import { useLiveAlerts } from "../../../live/live-alerts.ts";
import { updateAlert } from "../../../triage/use-triage.ts";
import { type Filters, listQuery } from "../filters/filters.ts";

/** `newest` is the highest matching alert number when the page was loaded; new alerts have higher ones. */
interface ListPage extends Page<AlertRow> {
  newest: number;
}

const pageSize = 50;
/** How often the list asks for new alerts at most. */
const newestMs = 2000;
/** With more changed rows than this, refetching the list is cheaper than refetching each row. */
const maxRowFetches = 10;

/** The loaded list, with rows updated in place, and the new alerts that aren't shown yet. */
export function useAlertList(filters: Filters) {
  const queries = useQueryClient();
  const queryKey = ["alerts", filters];
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => loadPage(filters, pageParam),
    initialPageParam: "",
    getNextPageParam: (last: ListPage) => last.next,
    staleTime: 0,
  });
  const newest = useQuery({
    queryKey: ["newest-alerts", filters],
    queryFn: () => loadNewest(filters, pageSize),
    enabled: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ results }) => results) ?? [], [list.data]);

  useLiveAlerts((ids) => {
    const changed = rows.filter(({ id }) => ids.has(id));
    if (changed.length > maxRowFetches) return void list.refetch();
    for (const { id } of changed) {
      void alertsApi.get(id).then((alert) => updateAlert(queries, alert.id, alert), ignoreGone);
    }
    if (changed.length < ids.size) refetchNewest();
  });
  const refetchNewest = useThrottledCallback(() => void newest.refetch(), newestMs);

  const showNew = () => {
    queries.setQueryData<InfiniteData<ListPage, string>>(queryKey, (data) =>
      data ? { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) } : data,
    );
    void list.refetch();
    window.scrollTo({ top: 0 });
  };
  const baseline = list.data?.pages[0]?.newest;
  return { list, rows, unseen: newAlerts({ rows, baseline, newest: newest.data?.results ?? [] }), showNew };
}

async function loadPage(filters: Filters, cursor: string): Promise<ListPage> {
  const newestFirst = !filters.sort || filters.sort === "-createdAt";
  // Loaded before the list, so that an alert opened between the two still counts as new.
  const before = cursor || newestFirst ? undefined : (await loadNewest(filters, 1)).results[0]?.number;
  const page = await alertsApi.list({ ...listQuery(filters, new Date()), limit: pageSize, cursor });
  const top = newestFirst ? page.results[0]?.number : before;
  return { ...page, newest: top ?? 0 };
}

function loadNewest(filters: Filters, limit: number) {
  return alertsApi.list({ ...listQuery(filters, new Date()), sort: "-createdAt", limit });
}

/** The row stays until the next refetch removes it. */
function ignoreGone(): void {}

type Numbered = Pick<AlertRow, "id" | "number">;

interface ListState {
  rows: Numbered[];
  /** The highest matching number when the list was loaded; undefined while it loads. */
  baseline: number | undefined;
  newest: Numbered[];
}

/** The alerts opened since the list was loaded that it doesn't show. */
export function newAlerts({ rows, baseline, newest }: ListState): Numbered[] {
  if (baseline === undefined) return [];
  const shown = new Set(rows.map(({ id }) => id));
  return newest.filter(({ id, number }) => number > baseline && !shown.has(id));
}
