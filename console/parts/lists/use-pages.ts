import { useInfiniteQuery } from "@tanstack/react-query";
import type { Page } from "../../../src/http/contract/list.ts";

/** A list that comes page by page: `data` holds the rows that are loaded. */
export function usePages<T>(queryKey: string[], load: (cursor: string) => Promise<Page<T>>) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ results }) => results),
  });
}
