import type { ChangeContext } from "../callbacks/announce.ts";
import { messageWire } from "../web-api/wire/message-wire.ts";
import { permalinkOf } from "../web-api/wire/permalink.ts";
import type { Channel, Pin } from "../workspace/channel.ts";
import { hasAuthor, type Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** A pinned message in Slack's format. */
export const pinWire = (workspace: Workspace, channel: Channel, message: Message, { by, at }: Pin) => ({
  type: "message",
  channel: channel.id,
  created: at,
  created_by: by,
  message: {
    ...messageWire({ workspace, channel }, message),
    permalink: permalinkOf(workspace, channel, message),
  },
});

type PinEvent = { type: "pin_added" | "pin_removed"; message: Message; user: string; pin: Pin };

function announcePin(
  { workspace, emit }: ChangeContext,
  channel: Channel,
  { type, message, user, pin }: PinEvent,
): void {
  const event = {
    type,
    user,
    channel_id: channel.id,
    item: pinWire(workspace, channel, message, pin),
    ...(hasAuthor(message) && { item_user: message.user }),
    pin_count: channel.pins.size,
    pinned_info: { channel: channel.id, pinned_by: pin.by, pinned_ts: pin.at },
    ...(type === "pin_removed" && { has_pins: channel.pins.size > 0 }),
    event_ts: workspace.makeTs(),
  };
  emit(event, channel);
}

type PinChange = { message: Message; user: string };

/** Pins a message to its channel and sends the event. */
export function addPin(context: ChangeContext, channel: Channel, { message, user }: PinChange): void {
  const pin = { by: user, at: Math.floor(context.workspace.now() / 1000) };
  channel.pins.set(message.ts, pin);
  announcePin(context, channel, { type: "pin_added", message, user, pin });
}

/** Unpins a message and sends the event. Returns whether it was pinned. */
export function removePin(context: ChangeContext, channel: Channel, { message, user }: PinChange): boolean {
  const pin = channel.pins.get(message.ts);
  if (!pin) return false;
  channel.pins.delete(message.ts);
  announcePin(context, channel, { type: "pin_removed", message, user, pin });
  return true;
}
