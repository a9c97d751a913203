import type { Channel } from "../../workspace/channel.ts";
import { directMessage } from "../../workspace/conversations.ts";
import { refuse } from "../answer.ts";
import type { BotContext } from "../caller.ts";
import { refuseMissingScope } from "../gateway/authorize.ts";

/** The conversation with this ID, or undefined if it is private and the bot is not in it. */
export function findVisible({ workspace: { channels }, bot }: BotContext, id: string): Channel | undefined {
  const channel = channels.get(id);
  if (!channel || channel.kind === "public" || channel.members.has(bot.botUserId)) return channel;
  return undefined;
}

/** Whether a text looks like the ID of a conversation or a person, rather than a name. */
export const isId = (target: string): boolean => /^[CDGUW][A-Z0-9]{5,}$/.test(target);

/**
 * Resolves the target of a message: a conversation's ID, a person's ID for a direct message, or a channel's name.
 * Organisation tokens can't use names, which are ambiguous across workspaces.
 */
export function resolveTarget(context: BotContext, target: string): Channel | undefined {
  const { workspace, bot } = context;
  const user = workspace.users.get(target);
  if (user)
    return user.deleted || user.isBot ? undefined : directMessage(workspace, bot.botUserId, target).channel;
  const byId = findVisible(context, target);
  if (byId) return byId;
  if (isId(target) || bot.target.kind === "organisation") return undefined;
  const name = target.replace(/^#/, "");
  const named = [...workspace.channels.values()].find((c) => c.name === name && c.kind !== "im");
  return named && findVisible(context, named.id);
}

/** The scope that this kind of conversation requires. */
const scopeFor = (channel: Channel, access: "read" | "history"): string =>
  `${{ public: "channels", private: "groups", im: "im", mpim: "mpim" }[channel.kind]}:${access}`;

/** Finds a conversation that the bot may read, or the refusal if it is invisible or the scope is missing. */
export function findReadable(
  context: BotContext,
  id: string,
  access: "read" | "history",
): { ok: true; channel: Channel } | NotReadable {
  const channel = findVisible(context, id);
  if (!channel) return refuse("channel_not_found");
  const scope = scopeFor(channel, access);
  return context.bot.scopes.has(scope) ? { ok: true, channel } : refuseMissingScope(context.bot, [scope]);
}

type NotReadable = ReturnType<typeof refuseMissingScope> | ReturnType<typeof refuse<"channel_not_found">>;
