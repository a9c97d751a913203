import type { ChangeContext } from "../callbacks/announce.ts";
import { channelType } from "../callbacks/message-events.ts";
import type { Channel } from "../workspace/channel.ts";
import { hasAuthor, type Message } from "../workspace/message.ts";

type Reaction = { message: Message; user: string; name: string };

function announceReaction(
  { workspace, emit }: ChangeContext,
  channel: Channel,
  { type, message, user, name }: Reaction & { type: "reaction_added" | "reaction_removed" },
): void {
  const item = {
    type: "message",
    channel: channel.id,
    ts: message.ts,
    channel_type: channelType[channel.kind],
  };
  const by = hasAuthor(message) ? { item_user: message.user } : {};
  emit({ type, user, reaction: name, item, ...by, event_ts: workspace.makeTs() }, channel);
}

/** The names of the emoji with which a user has reacted to a message. */
export const reactionsBy = ({ reactions }: Message, user: string): string[] =>
  [...(reactions ?? [])].flatMap(([name, users]) => (users.includes(user) ? [name] : []));

/** Adds a reaction, which the user doesn't have yet, and sends the event. */
export function addReaction(context: ChangeContext, channel: Channel, reaction: Reaction): void {
  const { message, user, name } = reaction;
  const { reactions = new Map() } = message;
  message.reactions = reactions.set(name, [...(reactions.get(name) ?? []), user]);
  announceReaction(context, channel, { type: "reaction_added", ...reaction });
}

/** Removes a reaction of a user and sends the event. */
export function removeReaction(context: ChangeContext, channel: Channel, reaction: Reaction): void {
  const { message, user, name } = reaction;
  const others = (message.reactions?.get(name) ?? []).filter((one) => one !== user);
  if (others.length > 0) message.reactions?.set(name, others);
  else message.reactions?.delete(name);
  if (message.reactions?.size === 0) message.reactions = undefined;
  announceReaction(context, channel, { type: "reaction_removed", ...reaction });
}
