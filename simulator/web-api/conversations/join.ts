import { z } from "zod";
import { addMember } from "../../changes/members.ts";
import { refuse } from "../answer.ts";
import { required } from "../argument.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { findVisible } from "./find-conversation.ts";

const alreadyInChannel = {
  warning: "already_in_channel",
  response_metadata: { warnings: ["already_in_channel"] },
};

export const join = method({
  name: "conversations.join",
  tier: "t3",
  scopes: ["channels:join"],
  args: z.object({ channel: required }),
  errors: [
    "channel_is_limited_access",
    "channel_not_found",
    "is_archived",
    "method_not_supported_for_channel_type",
    "too_many_members",
  ],
  run({ workspace, bot, emit }, args) {
    const channel = findVisible({ workspace, bot }, args.channel);
    if (!channel) return refuse("channel_not_found");
    if (channel.kind !== "public") return refuse("method_not_supported_for_channel_type");
    if (channel.isArchived) return refuse("is_archived");
    const { isLimitedAccess, isFull } = channel.limits;
    if (isLimitedAccess) return refuse("channel_is_limited_access");
    const isMember = channel.members.has(bot.botUserId);
    if (!isMember && isFull) return refuse("too_many_members");
    if (!isMember) addMember({ workspace, emit }, channel, { user: bot.botUserId });
    return {
      ok: true,
      channel: channelWire({ workspace, bot }, channel),
      ...(isMember && alreadyInChannel),
    };
  },
});
