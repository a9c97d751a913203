import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { setupApi } from "../../../api/setup.ts";

/** While somebody types, nothing is asked. */
const restMs = 400;
/** While the whole list is being read, it grows. */
const readingMs = 3000;

interface Looking {
  typed: string;
  teamId: string;
  /** Without an installation, or on an organisation's, there is no list to choose from. */
  enabled: boolean;
}

/** All that there is to choose from, and what fits what was typed. An invitation is seen at once: the Console is told. */
export function useChannels({ typed, teamId, enabled }: Looking) {
  const queries = useQueryClient();
  const wanted = typed.trim();
  const [q] = useDebouncedValue(wanted, restMs);
  const place = ["slack-app", "channels", teamId];
  const looking = (text: string) =>
    queryOptions({
      queryKey: [...place, text],
      queryFn: () => setupApi.channels({ q: text, teamId }),
      enabled,
      retry: false,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.list.reading ? readingMs : false),
    });
  const all = useQuery(looking(""));
  const fitting = useQuery(looking(q));
  return {
    all: enabled ? all.data : undefined,
    fitting: enabled ? fitting.data : undefined,
    /** Whether `fitting` is the answer to what stands in the field now. */
    settled: q === wanted && !fitting.isPlaceholderData,
    async refresh() {
      await setupApi.channels({ q, teamId, refresh: "true" });
      await queries.invalidateQueries({ queryKey: place });
    },
  };
}

/** Channels that the bot was invited to since one began to look; the newest of them is probably the one. */
export function newcomers<C extends { id: string }>(before: ReadonlySet<string>, now: readonly C[]): C[] {
  return now.filter(({ id }) => !before.has(id));
}
