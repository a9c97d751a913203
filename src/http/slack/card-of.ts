import type { ControlsId } from "../../interact/card-ref.ts";
import type { CardRef } from "../../interact/memory.ts";
import type { BlockActions } from "../../slack/request/slack-request.ts";

/** The card that somebody clicked on, as the dialog that opens remembers it. */
export function cardOf(on: ControlsId, { channelId, messageTs }: BlockActions): CardRef {
  return { alertId: on.alertId, version: on.version, channel: channelId, ts: messageTs };
}
