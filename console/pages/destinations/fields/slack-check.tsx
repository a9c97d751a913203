import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SlackChecked } from "../../../../src/http/contract/slack-check.ts";
import { setupApi } from "../../../api/setup.ts";

/** While somebody types, nothing is asked. */
const restMs = 600;
/** Where Slack couldn't be asked, it is asked again by itself. */
const againMs = 5000;

/** Asks Slack about what was typed so far. Secrets stay in the page's memory only as long as they are shown. */
export function useCheck(values: object): { checked: SlackChecked; pending: boolean } {
  const typed = JSON.stringify(values);
  const [settled] = useDebouncedValue(typed, restMs);
  const query = useQuery({
    queryKey: ["slack-check", settled],
    queryFn: () => setupApi.checkSlackApp(JSON.parse(settled)),
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchInterval: ({ state }) => (isUnsaid(state.data) ? againMs : false),
  });
  const pending = settled !== typed || query.isPlaceholderData || query.isLoading;
  return { checked: (settled === typed && query.data) || nothingSaid, pending };
}

const nothingSaid: SlackChecked = { fields: {}, channel: null };

function isUnsaid(checked: SlackChecked | undefined): boolean {
  return Object.values(checked?.fields ?? {}).some(({ state }) => state === "unknown");
}
