import type { At } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import { userWire } from "../web-api/wire/user-wire.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import { makeUser, type User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage } from "../workspace/write-message.ts";

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

/** Lets somebody into a channel. Gives back Slack's line about it; nothing for who is in it already. */
export function join(workspace: Workspace, channel: Channel, { user, inviter }: Who): Message | undefined {
  if (channel.members.has(user)) return undefined;
  channel.members.add(user);
  const by = inviter ? ` by <@${inviter}>` : "";
  const text = inviter
    ? `<@${user}> was added to #${channel.name}${by}`
    : `<@${user}> has joined the channel`;
  const more = inviter ? { more: { inviter } } : {};
  return addMessage(workspace, channel, { user, text, subtype: "channel_join", ...more });
}

/** Takes somebody out of a channel. Gives back Slack's line about it; nothing for who isn't in it. */
export function leave(workspace: Workspace, channel: Channel, { user }: Who): Message | undefined {
  if (!channel.members.delete(user)) return undefined;
  const text = `<@${user}> has left the channel`;
  return addMessage(workspace, channel, { user, text, subtype: "channel_leave" });
}

type Given = Pick<User, "name"> & Partial<User>;

/** Adds a full member, or with a name that is taken changes that person. Apps that may know are told. */
export function changePerson({ workspace, emit }: At, { name, id, ...given }: Given): User {
  const { users, channels, team, makeId, makeTs, now } = workspace;
  const known = [...users.values()].find((user) => user.name === name);
  const fresh = { id: id ?? makeId("U"), email: `${name}@acme.example`, teamId: team.id };
  const user = makeUser({ ...(known ?? fresh), ...given, name });
  users.set(user.id, user);
  if (!known && user.teamId === team.id)
    for (const { kind, members } of channels.values()) if (kind === "public") members.add(user.id);
  const type = known ? "user_change" : "team_join";
  const stamps = { ...(known && { cache_ts: Math.floor(now() / 1000) }), event_ts: makeTs() };
  emit((bot) => ({ type, user: userWire({ workspace, bot }, user), ...stamps }));
  return user;
}
