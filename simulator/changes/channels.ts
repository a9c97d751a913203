import type { ChangeContext } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import type { SlackEvent } from "../web-api/caller.ts";
import { type Channel, makeChannel } from "../workspace/channel.ts";
import type { Subtype } from "../workspace/message.ts";
import { addMessage } from "../workspace/write-message.ts";
import { addMember } from "./members.ts";

type Actor = { actor: string };

/** The event's name, which differs for private channels. */
const eventName = ({ kind }: Channel, what: string) => `${kind === "private" ? "group" : "channel"}_${what}`;

const makeEvent = (
  { workspace }: ChangeContext,
  type: string,
  more: Omit<SlackEvent, "type">,
): SlackEvent => ({
  type,
  ...more,
  event_ts: workspace.makeTs(),
});

/** What the events for a new or renamed channel say about it. */
const eventFields = ({ id, name, created }: Channel) => ({
  id,
  name,
  name_normalized: name,
  created,
  is_channel: true,
  is_mpim: false,
});

type Notice = Actor & { text: string; subtype: Subtype; more?: Record<string, unknown> };

/** Posts Slack's own message about a change and sends its event. */
function postNotice(
  { workspace, emit }: ChangeContext,
  channel: Channel,
  { actor, ...notice }: Notice,
): void {
  const message = addMessage(workspace, channel, { user: actor, ...notice });
  emit(messagePosted(workspace, channel, message), channel);
}

type NewChannel = { name: string; kind: "public" | "private"; creator: string };

/** Creates a channel with its creator in it and sends the events. */
export function create(context: ChangeContext, { name, kind, creator }: NewChannel): Channel {
  const { workspace, emit } = context;
  const channel = makeChannel({
    id: workspace.makeId("C"),
    name,
    kind,
    creator,
    created: Math.floor(workspace.now() / 1000),
    members: new Set(),
  });
  workspace.channels.set(channel.id, channel);
  if (kind === "public") {
    const about = {
      ...eventFields(channel),
      creator,
      is_group: false,
      is_im: false,
      is_private: false,
      is_archived: false,
      is_frozen: false,
      is_general: false,
      is_shared: false,
      is_ext_shared: false,
      is_org_shared: false,
      is_pending_ext_shared: false,
      context_team_id: workspace.team.id,
    };
    emit(makeEvent(context, "channel_created", { channel: about }), channel);
  }
  addMember(context, channel, { user: creator });
  return channel;
}

/** Archives or unarchives a channel and sends the events. */
export function archive(
  context: ChangeContext,
  channel: Channel,
  { actor, on }: Actor & { on: boolean },
): void {
  if (channel.isArchived === on) return;
  channel.isArchived = on;
  const what = on ? "archive" : "unarchive";
  const text = `<@${actor}> ${on ? "archived" : "un-archived"} the channel`;
  postNotice(context, channel, { actor, text, subtype: on ? "channel_archive" : "channel_unarchive" });
  // Only the event for unarchiving a private channel names the person in `actor_id`.
  const by = !on && channel.kind === "private" ? { actor_id: actor } : { user: actor };
  const fields = { channel: channel.id, ...by, ...(on && { is_moved: 0 }) };
  context.emit(makeEvent(context, eventName(channel, what), fields), channel);
}

/** Renames a channel and sends the events. */
export function rename(
  context: ChangeContext,
  channel: Channel,
  { actor, name }: Actor & { name: string },
): void {
  const more = { old_name: channel.name, name };
  channel.previousNames = [channel.name, ...channel.previousNames];
  channel.name = name;
  const text = `<@${actor}> has renamed the channel from "${more.old_name}" to "${name}"`;
  postNotice(context, channel, { actor, text, subtype: "channel_name", more });
  const about = eventFields(channel);
  context.emit(makeEvent(context, eventName(channel, "rename"), { channel: about }), channel);
}

/** Deletes a channel with its messages and sends the event. */
export function remove(context: ChangeContext, channel: Channel, { actor }: Actor): void {
  const when = channel.kind === "private" ? { date_deleted: Math.floor(context.workspace.now() / 1000) } : {};
  const fields = { channel: channel.id, actor_id: actor, ...when };
  context.emit(makeEvent(context, eventName(channel, "deleted"), fields), channel);
  context.workspace.channels.delete(channel.id);
}

/** Gives a channel a new ID, as Slack does when a private one is shared. Its content stays. */
export function changeId(context: ChangeContext, channel: Channel): void {
  const { channels, makeId } = context.workspace;
  const old = channel.id;
  channel.id = makeId("C");
  channels.delete(old);
  channels.set(channel.id, channel);
  context.emit(
    makeEvent(context, "channel_id_changed", { old_channel_id: old, new_channel_id: channel.id }),
    channel,
  );
}

/** Shares a channel with another company. A private channel gets a new ID. */
export function share(context: ChangeContext, channel: Channel, teamId: string): void {
  if (channel.kind === "private") changeId(context, channel);
  channel.isExtShared = true;
  context.emit(
    makeEvent(context, "channel_shared", { connected_team_id: teamId, channel: channel.id }),
    channel,
  );
}

/** Stops sharing a channel with another company and removes that company's people. */
export function unshare(context: ChangeContext, channel: Channel, teamId: string): void {
  const { users } = context.workspace;
  channel.isExtShared = false;
  for (const id of channel.members) if (users.get(id)?.teamId === teamId) channel.members.delete(id);
  const fields = { previously_connected_team_id: teamId, channel: channel.id, is_ext_shared: false };
  context.emit(makeEvent(context, "channel_unshared", fields), channel);
}
