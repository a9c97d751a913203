import { setTimeout as sleep } from "node:timers/promises";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { orSlackUnavailable } from "../app/app-routes.ts";
import { channelsQuery, type SlackChannelsBody, slackChannels } from "../contract.ts";
import { readList } from "./channel-list.ts";
import { type ChannelOffer, offerChannels } from "./offer-channels.ts";

/** Search for a channel, in workspaces of any size. */
export function slackChannelRoutes(app: App, deps: Deps): void {
  const closing = new AbortController();
  const readings = new Set<Promise<void>>();
  app.addHook("onClose", async () => {
    closing.abort();
    await Promise.all(readings);
  });
  const wait = (seconds: number) => sleep(seconds * 1000, undefined, { signal: closing.signal });
  const startReading: Parameters<typeof offerChannels>[0]["startReading"] = (client, key) => {
    const reading = readList({ db: deps.db, client, wait }, key)
      .catch((fault: unknown) => {
        if (!closing.signal.aborted) deps.log.warn({ err: fault }, "a list of channels was not read");
      })
      .finally(() => readings.delete(reading));
    readings.add(reading);
  };
  app.get(
    "/api/v1/slack/channels",
    {
      ...requires("Manage Destinations", { cost: "heavy" }),
      schema: {
        tags: ["Slack app"],
        summary: "Search channels: those that the bot is in, then all that it can see",
        querystring: channelsQuery,
        response: { 200: slackChannels },
      },
    },
    async ({ query: { q: typed, teamId, refresh } }) => {
      const offer = offerChannels({ ...deps, startReading }, { typed, teamId: teamId || undefined, refresh });
      return toBody(orRefuse(await orSlackUnavailable(offer)));
    },
  );
}

function toBody({ list: { fault, readAt, ...list }, ...offer }: ChannelOffer): SlackChannelsBody {
  const faultFields = fault === null ? {} : { fault, remedy: remedyText(fault) };
  return { ...offer, list: { ...list, readAt: readAt?.toISOString() ?? null, ...faultFields } };
}
