import { z } from "zod";
import { metadataEvent } from "../../callbacks/message-events.ts";
import { deleteMessage as erase } from "../../changes/messages.ts";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { findVisible } from "../conversations/find-conversation.ts";
import { method } from "../method.ts";

export const deleteMessage = method({
  name: "chat.delete",
  tier: "t3",
  scopes: ["chat:write"],
  args: z.object({ channel: required, ts: required }),
  errors: ["cant_delete_message", "channel_not_found", "message_not_found"],
  run({ workspace, bot, emit }, { channel: channelId, ts }) {
    const channel = findVisible({ workspace, bot }, channelId);
    if (!channel) return refuse("channel_not_found");
    const message = channel.messages.get(ts);
    if (!message || message.subtype === "tombstone" || message.visibleTo) return refuse("message_not_found");
    if (message.botId !== bot.botId) return refuse("cant_delete_message");
    const removed = metadataEvent({ workspace, bot }, channel, { ts, before: message.metadata });
    emit(erase(workspace, channel, message), channel);
    if (removed) emit(removed, channel);
    return { ok: true, channel: channel.id, ts };
  },
});
