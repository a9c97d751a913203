import type { Channel } from "../../workspace/channel.ts";
import { directMessage } from "../../workspace/conversations.ts";
import { refuse } from "../answer.ts";
import type { Seen } from "../caller.ts";
import { lackingScope } from "../gateway/authorize.ts";

/** A conversation that the bot can see: private ones it is not in don't exist for it. */
export function reach({ workspace: { channels }, bot }: Seen, id: string): Channel | undefined {
  const channel = channels.get(id);
  if (!channel || channel.kind === "public" || channel.members.has(bot.botUserId)) return channel;
  return undefined;
}

/** Whether this is written as an id of a conversation or a person, not as a name. */
export const isId = (target: string): boolean => /^[CDGUW][A-Z0-9]{5,}$/.test(target);

/**
 * Where a message goes: a conversation's id, a person's id for a direct message, or a channel's name, which can't
 * be told apart across an organisation.
 */
export function addressee(seen: Seen, target: string): Channel | undefined {
  const { workspace, bot } = seen;
  const user = workspace.users.get(target);
  if (user)
    return user.deleted || user.isBot ? undefined : directMessage(workspace, bot.botUserId, target).channel;
  const byId = reach(seen, target);
  if (byId) return byId;
  if (isId(target) || bot.place.kind === "organisation") return undefined;
  const name = target.replace(/^#/, "");
  const named = [...workspace.channels.values()].find((c) => c.name === name && c.kind !== "im");
  return named && reach(seen, named.id);
}

/** The scope that a conversation of this kind asks for; `what` is `read` or `history`. */
const scopeFor = (channel: Channel, what: "read" | "history"): string =>
  `${{ public: "channels", private: "groups", im: "im", mpim: "mpim" }[channel.kind]}:${what}`;

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
