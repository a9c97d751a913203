import { z } from "zod";
import type { CardRef } from "./memory.ts";

/** Which alert, as of which version, a control on a card stands for. */
export interface ControlsId {
  alertId: string;
  version: number;
}

const shape = z.tuple([
  z.literal("controls"),
  z.uuid(),
  z
    .string()
    .regex(/^\d{1,9}\.\d{1,9}$/)
    .transform((text) => Number.parseInt(text, 10)),
]);

/**
 * The block id of a card's controls. Clients keep what was chosen in a select for as long as its block id
 * stays the same, so every drawing has another one.
 */
export function writeControlsId({ alertId, version }: ControlsId, redraws: number): string {
  return `controls:${alertId}:${version}.${redraws}`;
}

export function readControlsId(blockId: string): ControlsId | null {
  const read = shape.safeParse(blockId.split(":"));
  return read.success ? { alertId: read.data[1], version: read.data[2] } : null;
}

/** The card that somebody clicked on, as the dialog that opens remembers it. */
export function cardOf(
  on: ControlsId,
  { channelId, messageTs }: { channelId: string | null; messageTs: string | null },
): CardRef {
  return { alertId: on.alertId, version: on.version, channel: channelId, ts: messageTs };
}
