import { type Channel, counterpart } from "../../workspace/channel.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { BotContext } from "../caller.ts";

const directMessage = ({ botUserId }: Installation, channel: Channel) => ({
  id: channel.id,
  created: channel.created,
  is_im: true,
  is_org_shared: false,
  is_archived: false,
  user: counterpart(channel, botUserId),
  is_user_deleted: false,
  is_open: true,
  last_read: channel.latestTs ?? "0000000000.000000",
  latest: latestOf(channel),
  unread_count: 0,
  unread_count_display: 0,
  priority: 0,
});

const latestOf = ({ latestTs, messages }: Channel) => {
  const message = messages.get(latestTs ?? "");
  return message ? { type: "message", user: message.user, text: message.text, ts: message.ts } : null;
};

const tabs = ["workflows", "files", "bookmarks"].map((type) => ({ id: type, label: "", type }));

const topicWire = ({ topic, creator, created }: Channel) =>
  topic === "" ? { value: "", creator: "", last_set: 0 } : { value: topic, creator, last_set: created };

/** What people may post in a channel, as only some answers say it. */
export const postingWire = ({ limits: { posting } }: Channel) => ({
  ...(posting === "read_only" && { is_read_only: true }),
  ...(posting === "threads_only" && { is_thread_only: true }),
  ...(posting === "no_threads" && { is_non_threadable: true }),
});

/** A conversation in Slack's format, as this bot sees it. */
export function channelWire({ workspace, bot }: BotContext, channel: Channel): Record<string, unknown> {
  if (channel.kind === "im") return directMessage(bot, channel);
  const isGroup = channel.kind === "mpim";
  const isPrivate = channel.kind === "private" || isGroup;
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !isPrivate,
    is_group: isPrivate,
    is_im: false,
    is_mpim: isGroup,
    ...(isGroup && { is_open: true, priority: 0 }),
    is_frozen: false,
    is_private: isPrivate,
    is_archived: channel.isArchived,
    is_general: channel.name === "general",
    is_shared: channel.isExtShared,
    is_org_shared: false,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    pending_connected_team_ids: [],
    parent_conversation: null,
    context_team_id: workspace.team.id,
    shared_team_ids: [workspace.team.id],
    created: channel.created,
    creator: channel.creator,
    updated: channel.created * 1000,
    properties: { tabs },
    unlinked: 0,
    is_member: channel.members.has(bot.botUserId),
    topic: topicWire(channel),
    purpose: { value: "", creator: "", last_set: 0 },
    previous_names: channel.previousNames,
    num_members: channel.members.size,
  };
}
