import { type Channel, counterpart } from "../../workspace/channel.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { Seen } from "../caller.ts";

const directMessage = ({ botUserId }: Installation, channel: Channel) => ({
  id: channel.id,
  created: channel.created,
  is_im: true,
  is_org_shared: false,
  is_archived: false,
  user: counterpart(channel, botUserId),
  is_user_deleted: false,
});

/** A conversation as Slack hands it out, seen by the app's bot. */
export function channelWire({ workspace, bot }: Seen, channel: Channel): Record<string, unknown> {
  if (channel.kind === "im") return directMessage(bot, channel);
  const isPrivate = channel.kind === "private";
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !isPrivate,
    is_group: isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: isPrivate,
    is_archived: channel.isArchived,
    is_general: channel.name === "general",
    is_shared: channel.isExtShared,
    is_org_shared: false,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: workspace.team.id,
    shared_team_ids: [workspace.team.id],
    created: channel.created,
    creator: channel.creator,
    unlinked: 0,
    is_member: channel.members.has(bot.botUserId),
    topic: { value: channel.topic, creator: channel.creator, last_set: channel.created },
    purpose: { value: "", creator: "", last_set: 0 },
    previous_names: [],
    num_members: channel.members.size,
  };
}
