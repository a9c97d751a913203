import { z } from "zod";
import { addMember } from "../../changes/members.ts";
import type { Channel } from "../../workspace/channel.ts";
import { refuse } from "../answer.ts";
import { flag, list, required } from "../argument.ts";
import type { BotContext } from "../caller.ts";
import { refuseMissingScope } from "../gateway/authorize.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { findVisible } from "./find-conversation.ts";

/** Any of these scopes allows the call; each kind of channel requires one of its own. */
const scopes = {
  public: ["channels:manage", "channels:write.invites"],
  private: ["groups:write", "groups:write.invites"],
} as const;

/** Whether a person exists in another workspace of the organisation. */
const isElsewhere = ({ workspace: { enterprise, world } }: BotContext, id: string) =>
  enterprise !== undefined && [...enterprise.teams].some((team) => world.workspaces.get(team)?.users.has(id));

/** The refusal if this user can't be added to the channel. */
function refuseInvite(context: BotContext, channel: Channel, id: string) {
  const { workspace, bot } = context;
  if (id === bot.botUserId) return refuse("cant_invite_self");
  const user = workspace.users.get(id);
  if (!user) return refuse(isElsewhere(context, id) ? "org_user_not_in_team" : "user_not_found");
  if (channel.members.has(id)) return refuse("already_in_channel");
  if (user.deleted || user.isHidden) return refuse("cant_invite");
  if (user.isStranger && !channel.isExtShared) return refuse("no_external_invite_permission");
  const hasChannel = [...workspace.channels.values()].some(
    ({ kind, members }) => (kind === "public" || kind === "private") && members.has(id),
  );
  return user.isUltraRestricted && hasChannel ? refuse("ura_max_channels") : undefined;
}

function findChannel({ workspace, bot }: BotContext, id: string) {
  const channel = findVisible({ workspace, bot }, id);
  if (!channel) return refuse("channel_not_found");
  if (channel.kind !== "public" && channel.kind !== "private")
    return refuse("method_not_supported_for_channel_type");
  const needed = scopes[channel.kind];
  if (!needed.some((scope) => bot.scopes.has(scope))) return refuseMissingScope(bot, needed);
  if (channel.isArchived) return refuse("is_archived");
  if (!channel.members.has(bot.botUserId)) return refuse("not_in_channel");
  if (channel.limits.isMigrating) return refuse("external_channel_migrating");
  return { ok: true as const, channel };
}

export const invite = method({
  name: "conversations.invite",
  tier: "t3",
  scopes: [...scopes.public, ...scopes.private, "im:write", "mpim:write"],
  args: z.object({
    channel: required,
    users: list.refine((ids) => ids.length <= 100),
    force: flag.optional(),
  }),
  errors: [
    "already_in_channel",
    "cant_invite",
    "cant_invite_self",
    "channel_not_found",
    "external_channel_migrating",
    "is_archived",
    "method_not_supported_for_channel_type",
    "missing_scope",
    "no_external_invite_permission",
    "no_user",
    "not_in_channel",
    "org_user_not_in_team",
    "ura_max_channels",
    "user_not_found",
  ],
  run({ workspace, bot, emit }, { channel: channelId, users, force = false }) {
    const context = { workspace, bot };
    const found = findChannel(context, channelId);
    if (!found.ok) return found;
    const { channel } = found;
    const ids = [...new Set(users)].filter((id) => id !== "");
    if (ids.length === 0) return refuse("no_user");
    const checked = ids.map((user) => ({ user, refusal: refuseInvite(context, channel, user) }));
    const invited = checked.filter(({ refusal }) => !refusal);
    const errors = checked.flatMap(({ user, refusal }) => (refusal ? [{ user, ...refusal }] : []));
    const [first] = errors;
    // Without `force`, one wrong person keeps all others out.
    if (first && (!force || invited.length === 0)) return { ...refuse(first.error), errors };
    for (const { user } of invited) addMember({ workspace, emit }, channel, { user, inviter: bot.botUserId });
    return { ok: true, channel: channelWire(context, channel), ...(first && { errors }) };
  },
});
