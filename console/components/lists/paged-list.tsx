import { Button } from "@mantine/core";
import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import type { Page } from "../../../src/api/page.ts";
import css from "./lists.module.css";

type Pages = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;

/** The button below a list that has more pages. */
export function LoadMore({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null;
  return (
    <div className={css.more}>
      <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        Load more
      </Button>
    </div>
  );
}

/** Loads a list page by page; `data` holds the rows of all loaded pages. */
export function usePages<T>(queryKey: string[], load: (cursor: string) => Promise<Page<T>>) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ results }) => results),
  });
}
