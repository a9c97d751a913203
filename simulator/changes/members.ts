import type { ChangeContext } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import { userWire } from "../web-api/wire/user-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import { makeUser, type User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage } from "../workspace/write-message.ts";

const eventFields = ({ workspace }: ChangeContext, channel: Channel) => ({
  channel: channel.id,
  channel_type: channel.kind === "private" ? "G" : "C",
  team: workspace.team.id,
  ...(workspace.enterprise && { enterprise: workspace.enterprise.id }),
  event_ts: workspace.makeTs(),
});

type NewMember = { user: string; inviter?: string | undefined };

/** Adds a user to a channel, posts Slack's notice and sends the events. */
export function addMember(context: ChangeContext, channel: Channel, { user, inviter }: NewMember): void {
  const notice = addMemberQuietly(context.workspace, channel, { user, inviter });
  if (!notice) return;
  const by = inviter ? { inviter } : {};
  context.emit({ type: "member_joined_channel", user, ...by, ...eventFields(context, channel) }, channel);
  context.emit(messagePosted(context.workspace, channel, notice), channel);
}

/** Removes a user from a channel and sends the events. A removed bot also gets the event for its own removal. */
export function removeMember(
  context: ChangeContext,
  channel: Channel,
  { user, actor }: { user: string; actor: string },
): void {
  const notice = removeMemberQuietly(context.workspace, channel, { user });
  if (!notice) return;
  context.emit({ type: "member_left_channel", user, ...eventFields(context, channel) }, channel);
  context.emit(messagePosted(context.workspace, channel, notice), channel);
  const type = channel.kind === "private" ? "group_left" : "channel_left";
  const left = { type, channel: channel.id, actor_id: actor, event_ts: context.workspace.makeTs() };
  context.emit((bot) => (bot.botUserId === user ? left : undefined));
}

/** Adds a user to a channel without sending events. Returns Slack's notice, or undefined for members. */
export function addMemberQuietly(
  workspace: Workspace,
  channel: Channel,
  { user, inviter }: NewMember,
): Message | undefined {
  if (channel.members.has(user)) return undefined;
  channel.members.add(user);
  const by = inviter ? ` by <@${inviter}>` : "";
  const text = inviter
    ? `<@${user}> was added to #${channel.name}${by}`
    : `<@${user}> has joined the channel`;
  const more = inviter ? { more: { inviter } } : {};
  return addMessage(workspace, channel, { user, text, subtype: "channel_join", ...more });
}

/** Removes a user from a channel without sending events. Returns Slack's notice, or undefined for non-members. */
export function removeMemberQuietly(
  workspace: Workspace,
  channel: Channel,
  { user }: NewMember,
): Message | undefined {
  if (!channel.members.delete(user)) return undefined;
  const text = `<@${user}> has left the channel`;
  return addMessage(workspace, channel, { user, text, subtype: "channel_leave" });
}

type UserFields = Pick<User, "name"> & Partial<User>;

/** Adds a full member, or changes the person with this name, and sends the event. */
export function setPerson({ workspace, emit }: ChangeContext, { name, id, ...given }: UserFields): User {
  const { users, channels, team, makeId, makeTs, now } = workspace;
  const known = [...users.values()].find((user) => user.name === name);
  const defaults = { id: id ?? makeId("U"), email: `${name}@acme.example`, teamId: team.id };
  const user = makeUser({ ...(known ?? defaults), ...given, name });
  users.set(user.id, user);
  if (!known && user.teamId === team.id)
    for (const { kind, members } of channels.values()) if (kind === "public") members.add(user.id);
  const type = known ? "user_change" : "team_join";
  const stamps = { ...(known && { cache_ts: Math.floor(now() / 1000) }), event_ts: makeTs() };
  emit((bot) => ({ type, user: userWire({ workspace, bot }, user), ...stamps }));
  return user;
}
