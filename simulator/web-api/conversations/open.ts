import { z } from "zod";
import { directKey, directMessage, groupMessage } from "../../workspace/conversations.ts";
import type { User } from "../../workspace/user.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";
import { flag, list } from "../argument.ts";
import type { Seen } from "../caller.ts";
import { lackingScope } from "../gateway/authorize.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { reach } from "./find-conversation.ts";

const most = 8;

/** Whether all people of other companies share a channel with somebody here; strangers do not. */
const maySpeak = ({ channels, team }: Workspace, people: readonly User[]) =>
  people
    .filter(({ isStranger, teamId }) => isStranger && teamId !== team.id)
    .every(({ id }) => [...channels.values()].some(({ members, kind }) => kind !== "im" && members.has(id)));

/** The people of a conversation that is to be opened, or why they can't be. */
function readPeople({ workspace, bot }: Seen, ids: readonly string[]) {
  const given = ids.filter((id) => id !== "");
  if (given.length === 0) return refuse("users_list_not_supplied");
  const others = [...new Set(given)].filter((id) => id !== bot.botUserId);
  if (others.length === 0) return refuse("not_enough_users");
  if (others.length > most) return refuse("too_many_users");
  const people: User[] = [];
  for (const id of others) {
    const user = workspace.users.get(id);
    if (!user) return refuse("user_not_found");
    if (user.isHidden) return refuse("user_not_visible");
    if (user.deleted) return refuse("user_disabled");
    people.push(user);
  }
  if (!maySpeak(workspace, people)) return refuse("invalid_user_combination");
  return { ok: true as const, ids: others };
}

/** The people of a conversation that is known by its id. */
function peopleOf(seen: Seen, channelId: string) {
  const known = reach(seen, channelId);
  if (!known) return refuse("channel_not_found");
  if (known.kind !== "im" && known.kind !== "mpim") return refuse("method_not_supported_for_channel_type");
  return { ok: true as const, ids: [...known.members].filter((id) => id !== seen.bot.botUserId) };
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
    const seen = { workspace, bot };
    const people = channelId ? peopleOf(seen, channelId) : readPeople(seen, users ?? []);
    if (!people.ok) return people;
    const [first = "", ...more] = people.ids;
    const scope = more.length > 0 ? "mpim:write" : "im:write";
    if (!bot.scopes.has(scope)) return lackingScope(bot, [scope]);
    const key = directKey([bot.botUserId, ...people.ids]);
    if (prevent_creation && !workspace.directs.has(key)) return refuse("channel_not_found");
    const { channel, existed } =
      more.length > 0
        ? groupMessage(workspace, bot.botUserId, people.ids)
        : directMessage(workspace, bot.botUserId, first);
    return {
      ok: true,
      ...(existed && { no_op: true, already_open: true }),
      channel: return_im ? channelWire(seen, channel) : { id: channel.id },
    };
  },
});
