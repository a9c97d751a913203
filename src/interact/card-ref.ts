import { z } from "zod";

/** The alert and the version that a card's controls act on. */
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
 * The block ID of a card's controls. Slack's clients keep a select's choice while the block ID is the same, so
 * each block version (`redraws`) has its own.
 */
export function writeControlsId({ alertId, version }: ControlsId, redraws: number): string {
  return `controls:${alertId}:${version}.${redraws}`;
}

export function readControlsId(blockId: string): ControlsId | null {
  const read = shape.safeParse(blockId.split(":"));
  return read.success ? { alertId: read.data[1], version: read.data[2] } : null;
}

/** What a dialog about an alert remembers: the alert, its version, and the card it was opened from. */
export const cardRef = z.object({
  alertId: z.uuid(),
  version: z.int().nonnegative(),
  channel: z.string().nullable(),
  ts: z.string().nullable(),
});
export type CardRef = z.output<typeof cardRef>;

/** The clicked card, to be remembered by the dialog that opens. */
export function cardOf(
  on: ControlsId,
  { channelId, messageTs }: { channelId: string | null; messageTs: string | null },
): CardRef {
  return { alertId: on.alertId, version: on.version, channel: channelId, ts: messageTs };
}
