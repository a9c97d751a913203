import { z } from "zod";
import { directMessage } from "../../workspace/deeds/direct-message.ts";
import { refuse } from "../answer.ts";
import { flag, list } from "../argument.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";
import { reach } from "./reach.ts";

export const open = method({
  name: "conversations.open",
  tier: "t3",
  scopes: ["channels:manage", "groups:write", "im:write", "mpim:write"],
  args: z.object({ users: list.optional(), channel: z.string().optional(), return_im: flag.optional() }),
  errors: [
    "channel_not_found",
    "too_many_users",
    "user_disabled",
    "user_not_found",
    "users_list_not_supplied",
  ],
  run({ workspace, bot }, { users, channel: channelId, return_im }) {
    const known = channelId ? reach({ workspace, bot }, channelId) : undefined;
    if (channelId && known?.kind !== "im") return refuse("channel_not_found");
    const wanted = known ? [...known.members].filter((id) => id !== bot.botUserId) : (users ?? []);
    const [id] = wanted;
    if (!id) return refuse("users_list_not_supplied");
    // Slack takes eight; group conversations are not simulated.
    if (wanted.length > 1) return refuse("too_many_users");
    const user = workspace.users.get(id);
    if (!user) return refuse("user_not_found");
    if (user.deleted) return refuse("user_disabled");
    const { channel, existed } = directMessage(workspace, bot.botUserId, user.id);
    return {
      ok: true,
      ...(existed && { no_op: true, already_open: true }),
      channel: return_im ? channelWire({ workspace, bot }, channel) : { id: channel.id },
    };
  },
});
