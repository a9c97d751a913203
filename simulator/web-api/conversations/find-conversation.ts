import type { Channel } from "../../workspace/channel.ts";
import { directMessage } from "../../workspace/conversations.ts";
import type { Seen } from "../caller.ts";

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
export const scopeFor = (channel: Channel, what: "read" | "history"): string =>
  `${{ public: "channels", private: "groups", im: "im", mpim: "mpim" }[channel.kind]}:${what}`;
