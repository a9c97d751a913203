import { refuse } from "../answer.ts";
import type { Seen } from "../caller.ts";
import { reach } from "../conversations/find-conversation.ts";
import { messageWire } from "../wire/message-wire.ts";

const most = 1000;

/** Notes which message an app's own id for it became. */
export function remember(
  { workspace, bot }: Seen,
  clientId: string,
  at: { channel: string; ts: string },
): void {
  const { clientMessages } = workspace;
  clientMessages.set(`${bot.botId}/${clientId}`, at);
  const [oldest] = clientMessages.keys();
  if (clientMessages.size > most && oldest) clientMessages.delete(oldest);
}

/**
 * What a second message with the same `client_msg_id` gets: the first one. The reference has traces of that, and no
 * argument: don't rely on it.
 */
export function repeated(seen: Seen, clientId: string | undefined) {
  const { workspace, bot } = seen;
  const first = clientId ? workspace.clientMessages.get(`${bot.botId}/${clientId}`) : undefined;
  if (!first) return undefined;
  const channel = reach(seen, first.channel);
  if (!channel) return refuse("duplicate_channel_not_found");
  const message = channel.messages.get(first.ts);
  if (!message) return refuse("duplicate_message_not_found");
  return { ok: true as const, ...first, is_duplicate: true, message: messageWire(workspace, message) };
}
