import { z } from "zod";
import { messagePosted, metadataEvent } from "../../callbacks/message-events.ts";
import type { Channel } from "../../workspace/channel.ts";
import type { Message } from "../../workspace/message.ts";
import type { Content } from "../../workspace/scheduled-message.ts";
import { addMessage } from "../../workspace/write-message.ts";
import { refuse } from "../answer.ts";
import { flag, nested, required } from "../argument.ts";
import type { Caller, Writer } from "../caller.ts";
import { isId, resolveTarget } from "../conversations/find-conversation.ts";
import { readContent } from "./message-content.ts";
import { readMetadata } from "./metadata.ts";
import { parseText } from "./parse-text.ts";
import { refusePosting, threadOf } from "./posting-permission.ts";

/** The arguments of a message, posted now or later. */
export const postArgs = z.object({
  channel: required,
  text: z.string().optional(),
  blocks: nested,
  attachments: nested,
  metadata: nested,
  thread_ts: z.string().optional(),
  markdown_text: z.string().optional(),
  reply_broadcast: flag.optional(),
  as_user: flag.optional(),
  parse: z.enum(["none", "full"]).optional(),
  link_names: flag.optional(),
});

type PostArgs = z.output<typeof postArgs>;

/** The channel and thread of a message, or Slack's error if the bot may not write there. */
export function findTarget({ workspace, bot }: Caller, { channel: target, thread_ts }: PostArgs) {
  const channel = resolveTarget({ workspace, bot }, target);
  if (!channel) {
    const isOrganisation = bot.target.kind === "organisation";
    return refuse(isOrganisation && !isId(target) ? "team_not_found" : "channel_not_found");
  }
  const refusal = refusePosting({ workspace, bot }, channel, { isReply: Boolean(thread_ts) });
  if (refusal) return refusal;
  const thread = threadOf(channel, thread_ts);
  return thread.ok ? { ok: true as const, channel, parent: thread.parent } : thread;
}

/** The content of a message as the workspace stores it, or Slack's error. */
export function readPost({ workspace }: Caller, given: PostArgs, parent: Message | undefined) {
  const read = readContent(workspace, given);
  if (!read.ok) {
    const { error, response_metadata } = read;
    // No method for posting has an error code for invalid attachments.
    return error === "invalid_attachments"
      ? refuse("invalid_blocks", response_metadata?.messages)
      : { ...read, error };
  }
  const metadata = readMetadata(given.metadata);
  if (!metadata.ok) return metadata;
  const options = { parse: given.parse ?? "none", linkNames: given.link_names ?? false } as const;
  const content: Content = {
    text: parseText(workspace, read.text, options),
    blocks: read.blocks,
    attachments: read.attachments,
    metadata: metadata.metadata,
    threadTs: parent?.ts,
    subtype: parent && given.reply_broadcast ? "thread_broadcast" : undefined,
    more: undefined,
  };
  return { ok: true as const, content, parsedBlocks: read.parsedBlocks };
}

/** Posts a message of the bot and sends its events. */
export function post({ workspace, bot, emit }: Writer, channel: Channel, content: Content): Message {
  const message = addMessage(workspace, channel, { user: bot.botUserId, botId: bot.botId, ...content });
  emit(messagePosted(workspace, channel, message), channel);
  const written = metadataEvent({ workspace, bot }, channel, { ts: message.ts, after: message.metadata });
  if (written) emit(written, channel);
  return message;
}
