import { z } from "zod";

const shape = z.tuple([z.literal("digest"), z.uuid(), z.string().regex(/^\d{1,9}$/)]);

/** The block id of a digest's controls, another one for every drawing: see `controls-id.ts`. */
export function writeDigestId(digestId: string, redraws: number): string {
  return `digest:${digestId}:${redraws}`;
}

export function readDigestId(blockId: string): string | null {
  const read = shape.safeParse(blockId.split(":"));
  return read.success ? read.data[1] : null;
}
