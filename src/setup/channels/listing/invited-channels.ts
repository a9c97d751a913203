import type { SlackClient } from "../../../slack/client/slack-client.ts";
import type { ListedChannel } from "../../../connect/channels/channel-list.ts";

/** A bot that is in more is used as no alert desk is. */
const mostPages = 3;

/** The channels that the bot is in, as Slack says now. */
export async function invitedChannels(
  client: Pick<SlackClient, "listUserConversations">,
): Promise<ListedChannel[]> {
  const found: ListedChannel[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { channels, next } = await client.listUserConversations(cursor);
    for (const { id, name, private: isPrivate, sharedOutside } of channels)
      if (name !== null) found.push({ id, name, private: isPrivate, sharedOutside });
    if (!next) break;
    cursor = next;
  }
  return found;
}
