import { z } from "zod";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { findVisible } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";
import { permalinkOf } from "../wire/permalink.ts";

export const getPermalink = method({
  name: "chat.getPermalink",
  tier: "special",
  scopes: [],
  args: z.object({ channel: required, message_ts: required }),
  errors: ["channel_not_found", "message_not_found"],
  run({ workspace, bot }, { channel: channelId, message_ts }) {
    const channel = findVisible({ workspace, bot }, channelId);
    if (!channel) return refuse("channel_not_found");
    const message = channel.messages.get(message_ts);
    if (!message || message.visibleTo) return refuse("message_not_found");
    return { ok: true, channel: channel.id, permalink: permalinkOf(workspace, channel, message) };
  },
});
