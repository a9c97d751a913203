import { z } from "zod";
import { addMessage } from "../../workspace/deeds/add-message.ts";
import { refuse } from "../answer.ts";
import { nested, required } from "../argument.ts";
import { addressee } from "../conversations/reach.ts";
import { method } from "../method.ts";
import { readContent } from "./content.ts";
import { closedTo } from "./post-message.ts";

export const postEphemeral = method({
  name: "chat.postEphemeral",
  tier: "t4",
  scopes: ["chat:write"],
  args: z.object({
    channel: required,
    user: required,
    text: z.string().optional(),
    blocks: nested,
    attachments: nested,
    thread_ts: z.string().optional(),
  }),
  errors: [
    "channel_not_found",
    "invalid_blocks",
    "invalid_blocks_format",
    "is_archived",
    "no_text",
    "not_in_channel",
    "too_many_attachments",
    "user_not_in_channel",
  ],
  run({ workspace, bot }, args) {
    const channel = addressee({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    const closed = closedTo(bot, channel);
    if (closed) return closed;
    if (workspace.users.get(args.user)?.deleted !== false || !channel.members.has(args.user))
      return refuse("user_not_in_channel");
    const content = readContent(workspace, args);
    if (!content.ok) return content;
    const message = addMessage(workspace, channel, {
      user: bot.botUserId,
      botId: bot.botId,
      text: content.text,
      blocks: content.blocks,
      threadTs: args.thread_ts || undefined,
      visibleTo: args.user,
    });
    return { ok: true, message_ts: message.ts };
  },
});
