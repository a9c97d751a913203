import { z } from "zod";
import { directKey, directMessage, groupMessage } from "../../workspace/conversations.ts";
import type { User } from "../../workspace/user.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";
import { flag, list } from "../argument.ts";
import type { BotContext } from "../caller.ts";
import { refuseMissingScope } from "../gateway/authorize.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { findVisible } from "./find-conversation.ts";

const maxPeople = 8;

/** Whether the bot may message all of these people: those of other companies must share a channel. */
const mayMessage = ({ channels, team }: Workspace, people: readonly User[]) =>
  people
    .filter(({ isStranger, teamId }) => isStranger && teamId !== team.id)
    .every(({ id }) => [...channels.values()].some(({ members, kind }) => kind !== "im" && members.has(id)));

/** Checks the people to open a conversation with. Returns their IDs, or Slack's error. */
function readPeople({ workspace, bot }: BotContext, ids: readonly string[]) {
  const given = ids.filter((id) => id !== "");
  if (given.length === 0) return refuse("users_list_not_supplied");
  const others = [...new Set(given)].filter((id) => id !== bot.botUserId);
  if (others.length === 0) return refuse("not_enough_users");
  if (others.length > maxPeople) return refuse("too_many_users");
  const people: User[] = [];
  for (const id of others) {
    const user = workspace.users.get(id);
    if (!user) return refuse("user_not_found");
    if (user.isHidden) return refuse("user_not_visible");
    if (user.deleted) return refuse("user_disabled");
    people.push(user);
  }
  if (!mayMessage(workspace, people)) return refuse("invalid_user_combination");
  return { ok: true as const, ids: others };
}

/** The people in an existing conversation. */
function peopleOf(context: BotContext, channelId: string) {
  const channel = findVisible(context, channelId);
  if (!channel) return refuse("channel_not_found");
  if (channel.kind !== "im" && channel.kind !== "mpim")
    return refuse("method_not_supported_for_channel_type");
  return { ok: true as const, ids: [...channel.members].filter((id) => id !== context.bot.botUserId) };
}

export const open = method({
  name: "conversations.open",
  tier: "t3",
  scopes: ["channels:manage", "groups:write", "im:write", "mpim:write"],
  args: z.object({
    users: list.optional(),
    channel: z.string().optional(),
    return_im: flag.optional(),
    prevent_creation: flag.optional(),
  }),
  errors: [
    "channel_not_found",
    "invalid_user_combination",
    "method_not_supported_for_channel_type",
    "missing_scope",
    "not_enough_users",
    "too_many_users",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
    "users_list_not_supplied",
  ],
  run({ workspace, bot }, { users, channel: channelId, return_im, prevent_creation }) {
    const context = { workspace, bot };
    const people = channelId ? peopleOf(context, channelId) : readPeople(context, users ?? []);
    if (!people.ok) return people;
    const [first = "", ...more] = people.ids;
    const scope = more.length > 0 ? "mpim:write" : "im:write";
    if (!bot.scopes.has(scope)) return refuseMissingScope(bot, [scope]);
    const key = directKey([bot.botUserId, ...people.ids]);
    if (prevent_creation && !workspace.directs.has(key)) return refuse("channel_not_found");
    const { channel, existed } =
      more.length > 0
        ? groupMessage(workspace, bot.botUserId, people.ids)
        : directMessage(workspace, bot.botUserId, first);
    return {
      ok: true,
      ...(existed && { no_op: true, already_open: true }),
      channel: return_im ? channelWire(context, channel) : { id: channel.id },
    };
  },
});
