import { z } from "zod";
import type { Call } from "./call.ts";

const channelShape = z.object({
  id: z.string(),
  name: z.string().nullish(),
  is_private: z.boolean().nullish(),
  is_archived: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
  is_ext_shared: z.boolean().nullish(),
  context_team_id: z.string().nullish(),
});

export type SlackChannel = ReturnType<typeof slackChannel>;

/** A channel as Slack knows it. `member` is whether the bot is in it; null in lists that don't say. */
function slackChannel(channel: z.output<typeof channelShape>) {
  return {
    id: channel.id,
    name: channel.name ?? null,
    private: channel.is_private ?? false,
    archived: channel.is_archived ?? false,
    member: channel.is_member ?? null,
    sharedOutside: channel.is_ext_shared ?? false,
    teamId: channel.context_team_id ?? null,
  };
}

const channel = channelShape.transform(slackChannel);
const page = z
  .object({
    channels: z.array(channel),
    response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
  })
  .transform(({ channels, response_metadata }) => ({
    channels,
    next: response_metadata?.next_cursor || null,
  }));

/** Slack filters archived ones after it has cut the page: pages may be short, or empty, before the last. */
const listing = { types: "public_channel,private_channel", exclude_archived: true, limit: 999 };

export function channels(call: Call) {
  return {
    async conversationsInfo(id: string): Promise<SlackChannel> {
      return (await call("conversations.info", { channel: id }, z.object({ channel }))).channel;
    },

    async conversationsOpen(userId: string): Promise<string> {
      const opened = await call("conversations.open", { users: userId }, z.object({ channel: channelShape }));
      return opened.channel.id;
    },

    /** One page of the channels that the bot is in; `next` is the cursor of the following one. */
    listUserConversations: (cursor?: string) => call("users.conversations", { ...listing, cursor }, page),

    /** One page of all channels that it may see: 20 pages a minute, so only while somebody searches. */
    conversationsList: (cursor?: string) => call("conversations.list", { ...listing, cursor }, page),
  };
}
