import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Page } from "../../../../src/api/page.ts";
import type { AlertRow } from "../../../../src/triage/contract.ts";
import { alertsApi } from "../../../api/alerts.ts";
import { useLiveAlerts } from "../../../live/live-alerts.ts";
import { storeAlert } from "../../../triage/use-triage.ts";
import { type Filters, listQuery } from "../filters/filters.ts";

/** Of the first page also the highest number that matched then: what comes later has a higher one. */
interface ListPage extends Page<AlertRow> {
  newest: number;
}

const pageSize = 50;
/** Above this many changed rows it costs less to read the list again. */
const singlyUpTo = 10;

/** The list as it was loaded, its rows kept up to date in place, and the new alerts that wait to be shown. */
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
    if (changed.length > singlyUpTo) return void list.refetch();
    for (const { id } of changed) {
      void alertsApi.get(id).then((alert) => storeAlert(queries, alert), ignoreGone);
    }
    if (changed.length < ids.size) void newest.refetch();
  });

  const showNew = () => {
    queries.setQueryData<InfiniteData<ListPage, string>>(queryKey, (data) =>
      data ? { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) } : data,
    );
    void list.refetch();
    window.scrollTo({ top: 0 });
  };
  const baseline = list.data?.pages[0]?.newest;
  return { list, rows, fresh: freshAlerts({ rows, baseline, newest: newest.data?.results ?? [] }), showNew };
}

async function loadPage(filters: Filters, cursor: string): Promise<ListPage> {
  const newestFirst = !filters.sort || filters.sort === "-createdAt";
  // Asked before the list, so that an alert between the two counts as new rather than not at all.
  const before = cursor || newestFirst ? undefined : (await loadNewest(filters, 1)).results[0]?.number;
  const page = await alertsApi.list({ ...listQuery(filters, new Date()), limit: pageSize, cursor });
  const top = newestFirst ? page.results[0]?.number : before;
  return { ...page, newest: top ?? 0 };
}

function loadNewest(filters: Filters, limit: number) {
  return alertsApi.list({ ...listQuery(filters, new Date()), sort: "-createdAt", limit });
}

/** The row stays as it was: the next reading of the list takes it away. */
function ignoreGone(): void {}

type Numbered = Pick<AlertRow, "id" | "number">;

interface Seen {
  rows: Numbered[];
  /** The highest number that matched when the list was loaded; undefined while it loads. */
  baseline: number | undefined;
  newest: Numbered[];
}

/** Of the newest alerts those that came since the list was loaded and that it doesn't show. */
export function freshAlerts({ rows, baseline, newest }: Seen): Numbered[] {
  if (baseline === undefined) return [];
  const shown = new Set(rows.map(({ id }) => id));
  return newest.filter(({ id, number }) => number > baseline && !shown.has(id));
}
