import { z } from "zod";

const shape = z.tuple([z.literal("boomerang"), z.uuid()]);

/** The block id of a question's buttons, which says whose answer they are. */
export function writeAskBlockId(askId: string): string {
  return `boomerang:${askId}`;
}

export function readAskBlockId(blockId: string): string | null {
  const read = shape.safeParse(blockId.split(":"));
  return read.success ? read.data[1] : null;
}
