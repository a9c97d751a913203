import { messagePosted } from "../callbacks/message-events.ts";
import type { Channel } from "../workspace/channel.ts";
import { join, leave } from "../workspace/deeds/membership.ts";
import type { At } from "../deeds/at.ts";

const about = ({ workspace }: At, channel: Channel) => ({
  channel: channel.id,
  channel_type: channel.kind === "private" ? "G" : "C",
  team: workspace.team.id,
  ...(workspace.enterprise && { enterprise: workspace.enterprise.id }),
  event_ts: workspace.makeTs(),
});

type Who = { user: string; inviter?: string | undefined };

/** Lets somebody into a channel, with Slack's line about it, and tells apps. */
export function letIn(here: At, channel: Channel, { user, inviter }: Who): void {
  const line = join(here.workspace, channel, { user, inviter });
  if (!line) return;
  const by = inviter ? { inviter } : {};
  here.emit({ type: "member_joined_channel", user, ...by, ...about(here, channel) }, channel);
  here.emit(messagePosted(here.workspace, channel, line), channel);
}

/** Takes somebody out of a channel, and tells apps; a bot that is put out hears of its own leaving too. */
export function putOut(here: At, channel: Channel, { user, actor }: { user: string; actor: string }): void {
  const line = leave(here.workspace, channel, { user });
  if (!line) return;
  here.emit({ type: "member_left_channel", user, ...about(here, channel) }, channel);
  here.emit(messagePosted(here.workspace, channel, line), channel);
  const type = channel.kind === "private" ? "group_left" : "channel_left";
  const left = { type, channel: channel.id, actor_id: actor, event_ts: here.workspace.makeTs() };
  here.emit((bot) => (bot.botUserId === user ? left : undefined));
}
