import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SlackChecked } from "../../../src/http/contract/slack-check.ts";
import { setupApi } from "../../api/setup.ts";
import { credentialsOf, type FormValues } from "./form-values.ts";

/** While somebody types, nothing is asked. */
const restMs = 600;

/** Asks Slack about what was typed so far. Secrets stay in the page's memory only as long as they are shown. */
export function useCheck(values: FormValues): SlackChecked["fields"] {
  const { channel, teamId } = values;
  const typed = JSON.stringify({ ...credentialsOf(values), channel, teamId });
  const [settled] = useDebouncedValue(typed, restMs);
  const query = useQuery({
    queryKey: ["slack-check", settled],
    queryFn: () => setupApi.checkSlackApp(JSON.parse(settled)),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return settled === typed ? (query.data?.fields ?? {}) : {};
}
