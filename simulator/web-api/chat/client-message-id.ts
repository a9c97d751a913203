import { refuse } from "../answer.ts";
import type { BotContext } from "../caller.ts";
import { findVisible } from "../conversations/find-conversation.ts";
import { writtenMessageWire } from "../wire/message-wire.ts";

const maxRemembered = 1000;

/** Remembers which message an app posted with this `client_msg_id`. */
export function remember(
  { workspace, bot }: BotContext,
  clientId: string,
  message: { channel: string; ts: string },
): void {
  const { clientMessages } = workspace;
  clientMessages.set(`${bot.botId}/${clientId}`, message);
  const [oldest] = clientMessages.keys();
  if (clientMessages.size > maxRemembered && oldest) clientMessages.delete(oldest);
}

/**
 * The answer to a post that repeats a `client_msg_id`: the first message; undefined for a new ID. Slack's reference
 * only hints at this through error codes, so apps should not rely on it.
 */
export function findDuplicate(context: BotContext, clientId: string | undefined) {
  const { workspace, bot } = context;
  const first = clientId ? workspace.clientMessages.get(`${bot.botId}/${clientId}`) : undefined;
  if (!first) return undefined;
  const channel = findVisible(context, first.channel);
  if (!channel) return refuse("duplicate_channel_not_found");
  const message = channel.messages.get(first.ts);
  if (!message) return refuse("duplicate_message_not_found");
  return {
    ok: true as const,
    ...first,
    is_duplicate: true,
    message: writtenMessageWire({ workspace, channel }, message),
  };
}
