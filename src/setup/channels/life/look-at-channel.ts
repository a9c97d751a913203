import { isAppFault } from "../../../slack/client/is-app-fault.ts";
import type { SlackClient } from "../../../slack/client/slack-client.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";

/** What Slack says of a channel that alerts go to. */
export type ChannelLook =
  | { kind: "well"; name: string | null }
  | { kind: "broken"; fault: string }
  /** Slack can't be asked, or may not tell. */
  | { kind: "unsaid" };

/** Faults that a look at the channel can find, and so can find gone. */
export const seenFaults: readonly string[] = [
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "is_inactive",
  "no_permission",
  "team_access_not_granted",
  "team_not_found",
];

export async function lookAtChannel(
  client: Pick<SlackClient, "conversationsInfo">,
  channelId: string,
): Promise<ChannelLook> {
  try {
    const { archived, member, name } = await client.conversationsInfo(channelId);
    if (archived) return { kind: "broken", fault: "is_archived" };
    return member === false ? { kind: "broken", fault: "not_in_channel" } : { kind: "well", name };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const ofChannel = fault.kind === "set-up" && !isAppFault(fault.code);
    return ofChannel ? { kind: "broken", fault: fault.code } : { kind: "unsaid" };
  }
}
