import { useQuery } from "@tanstack/react-query";
import type { DestinationBody, DestinationTypeBody } from "../../../src/deliver/contract.ts";
import type { SlackBotBody } from "../../../src/deliver/slack-bot/contract.ts";
import { setupApi } from "../../api/setup.ts";

/** The destination types of this Tocsin, which don't change while it runs; empty while they load. */
export function useDestinationTypes(): DestinationTypeBody[] {
  const { data } = useQuery({
    queryKey: ["destination-types"],
    queryFn: setupApi.destinationTypes,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.results ?? [];
}

/** A Slack Bot has a form of its own. */
export function isSlackBot(destination: DestinationBody): destination is SlackBotBody {
  return destination.type === "slack-bot";
}
