import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { setupApi } from "../../../api/setup.ts";

/** How long typing must pause before the server is asked. */
const debounceMs = 400;
/** The list grows while the server reads it from Slack. */
const pollMs = 3000;

interface Search {
  typed: string;
  teamId: string;
  /** False without an installation, and on an organisation-wide one, which has no channel list. */
  enabled: boolean;
}

/** All channels, and those that match the typed text. Invitations appear at once, through the live stream. */
export function useChannels({ typed, teamId, enabled }: Search) {
  const queries = useQueryClient();
  const text = typed.trim();
  const [q] = useDebouncedValue(text, debounceMs);
  const queryKey = ["slack-app", "channels", teamId];
  const optionsFor = (q: string) =>
    queryOptions({
      queryKey: [...queryKey, q],
      queryFn: () => setupApi.channels({ q, teamId }),
      enabled,
      retry: false,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.list.reading ? pollMs : false),
    });
  const all = useQuery(optionsFor(""));
  const matching = useQuery(optionsFor(q));
  return {
    all: enabled ? all.data : undefined,
    matching: enabled ? matching.data : undefined,
    /** True if `matching` is the result for the current text. */
    upToDate: q === text && !matching.isPlaceholderData,
    async refresh() {
      await setupApi.channels({ q, teamId, refresh: "true" });
      await queries.invalidateQueries({ queryKey });
    },
  };
}

/** The channels that the bot was invited to since `before`, newest first. */
export function newChannels<C extends { id: string }>(before: ReadonlySet<string>, now: readonly C[]): C[] {
  return now.filter(({ id }) => !before.has(id));
}
