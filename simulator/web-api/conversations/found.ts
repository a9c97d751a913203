import type { Channel } from "../../workspace/channel.ts";
import { refuse } from "../answer.ts";
import type { Seen } from "../caller.ts";
import { lackingScope } from "../gateway/authorize.ts";
import { reach, scopeFor } from "./find-conversation.ts";

/** A conversation that the bot may look into, with the scope that its kind asks for, or why it may not. */
export function found(
  seen: Seen,
  id: string,
  what: "read" | "history",
): { ok: true; channel: Channel } | Closed {
  const channel = reach(seen, id);
  if (!channel) return refuse("channel_not_found");
  const scope = scopeFor(channel, what);
  return seen.bot.scopes.has(scope) ? { ok: true, channel } : lackingScope(seen.bot, [scope]);
}

type Closed = ReturnType<typeof lackingScope> | ReturnType<typeof refuse<"channel_not_found">>;
