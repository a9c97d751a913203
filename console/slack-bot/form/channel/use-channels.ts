import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { setupApi } from "../../../api/setup.ts";

/** While somebody types, nothing is asked. */
const restMs = 250;
/** While the whole list is being read, it grows. */
const readingMs = 3000;

interface Looking {
  typed: string;
  teamId: string;
  /** Without an installation, or on an organisation's, there is no list to choose from. */
  enabled: boolean;
}

/** The channels that fit what was typed. An invitation, which the Console is told of, is seen at once. */
export function useChannels({ typed, teamId, enabled }: Looking) {
  const queries = useQueryClient();
  const [q] = useDebouncedValue(typed.trim(), restMs);
  const place = ["slack-app", "channels", teamId];
  const query = useQuery({
    queryKey: [...place, q],
    queryFn: () => setupApi.channels({ q, teamId }),
    enabled,
    retry: false,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.list.reading ? readingMs : false),
  });
  return {
    offer: enabled ? query.data : undefined,
    async refresh() {
      await setupApi.channels({ q, teamId, refresh: "true" });
      await queries.invalidateQueries({ queryKey: place });
    },
  };
}
