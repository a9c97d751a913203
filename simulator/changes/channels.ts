import type { At } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import type { Happening } from "../web-api/caller.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Subtype } from "../workspace/message.ts";
import { addMessage } from "../workspace/write-message.ts";

type By = { actor: string };

/** Private channels have events of their own. */
const named = ({ kind }: Channel, what: string) => `${kind === "private" ? "group" : "channel"}_${what}`;

const event = ({ workspace }: At, type: string, more: Omit<Happening, "type">): Happening => ({
  type,
  ...more,
  event_ts: workspace.makeTs(),
});

type Line = By & { text: string; subtype: Subtype; more?: Record<string, unknown> };

/** Slack's own line about a change, which apps hear as a message. */
function write({ workspace, emit }: At, channel: Channel, { actor, ...line }: Line): void {
  const message = addMessage(workspace, channel, { user: actor, ...line });
  emit(messagePosted(workspace, channel, message), channel);
}

/** Archives a channel or brings it back, and tells apps. */
export function archive(here: At, channel: Channel, { actor, on }: By & { on: boolean }): void {
  if (channel.isArchived === on) return;
  channel.isArchived = on;
  const what = on ? "archive" : "unarchive";
  const text = `<@${actor}> ${on ? "archived" : "un-archived"} the channel`;
  write(here, channel, { actor, text, subtype: on ? "channel_archive" : "channel_unarchive" });
  // Only the private kind names who brought it back as `actor_id`.
  const by = !on && channel.kind === "private" ? { actor_id: actor } : { user: actor };
  const told = { channel: channel.id, ...by, ...(on && { is_moved: 0 }) };
  here.emit(event(here, named(channel, what), told), channel);
}

/** Gives a channel another name, and tells apps. */
export function rename(here: At, channel: Channel, { actor, name }: By & { name: string }): void {
  const more = { old_name: channel.name, name };
  channel.name = name;
  const text = `<@${actor}> has renamed the channel from "${more.old_name}" to "${name}"`;
  write(here, channel, { actor, text, subtype: "channel_name", more });
  const { id, created } = channel;
  const told = { id, name, name_normalized: name, created, is_channel: true, is_mpim: false };
  here.emit(event(here, named(channel, "rename"), { channel: told }), channel);
}

/** Deletes a channel with all that is in it, and tells apps. */
export function remove(here: At, channel: Channel, { actor }: By): void {
  const when = channel.kind === "private" ? { date_deleted: Math.floor(here.workspace.now() / 1000) } : {};
  const told = { channel: channel.id, actor_id: actor, ...when };
  here.emit(event(here, named(channel, "deleted"), told), channel);
  here.workspace.channels.delete(channel.id);
}

/** Gives a channel another id, as Slack does when a private one is shared; all that is in it stays. */
export function changeId(here: At, channel: Channel): void {
  const { channels, makeId } = here.workspace;
  const old = channel.id;
  channel.id = makeId("C");
  channels.delete(old);
  channels.set(channel.id, channel);
  here.emit(event(here, "channel_id_changed", { old_channel_id: old, new_channel_id: channel.id }), channel);
}

/** Shares a channel with another company. A private one gets another id by that. */
export function share(here: At, channel: Channel, teamId: string): void {
  if (channel.kind === "private") changeId(here, channel);
  channel.isExtShared = true;
  here.emit(event(here, "channel_shared", { connected_team_id: teamId, channel: channel.id }), channel);
}

/** Ends the sharing of a channel with another company; its people are not in it any more. */
export function unshare(here: At, channel: Channel, teamId: string): void {
  const { users } = here.workspace;
  channel.isExtShared = false;
  for (const id of channel.members) if (users.get(id)?.teamId === teamId) channel.members.delete(id);
  const told = { previously_connected_team_id: teamId, channel: channel.id, is_ext_shared: false };
  here.emit(event(here, "channel_unshared", told), channel);
}
