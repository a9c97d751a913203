import { z } from "zod";
import { richText } from "../schema/rich-text.ts";
import { blockId } from "../schema/text.ts";

const cell = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("raw_text"), text: z.string() }),
  richText.omit({ block_id: true }),
]);

const column = z.strictObject({
  align: z.enum(["left", "center", "right"]).optional(),
  is_wrapped: z.boolean().optional(),
});

export const table = z.strictObject({
  type: z.literal("table"),
  block_id: blockId.optional(),
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z.array(column.nullable()).max(20).optional(),
});

export type Cell = z.infer<typeof cell>;
