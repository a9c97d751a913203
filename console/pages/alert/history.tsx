import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { alertsApi } from "../../api/alerts.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { Entry } from "./history-entry.tsx";
import css from "./history.module.css";

/** What happened to the alert, in order. */
export function Timeline({ alertId }: { alertId: string }) {
  const query = useInfiniteQuery({
    queryKey: ["of-alert", alertId, "history"],
    queryFn: ({ pageParam }) => alertsApi.history(alertId, pageParam),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Loaded query={query} what="history">
      {({ pages }) => (
        <>
          <ol className={css.timeline}>
            {pages
              .flatMap(({ results }) => results)
              .map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
          </ol>
          {query.hasNextPage ? (
            <Button
              variant="subtle"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show what came later
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}
