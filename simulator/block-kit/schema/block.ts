import { z } from "zod";
import { accessoryElement, actionElement, inputElement } from "./element.ts";
import { richText } from "./rich-text.ts";
import { blockId, link, plainText, text } from "./text.ts";

const cell = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("raw_text"), text: z.string() }),
  richText.omit({ block_id: true }),
]);

const column = z.strictObject({
  align: z.enum(["left", "center", "right"]).optional(),
  is_wrapped: z.boolean().optional(),
});

const table = z.strictObject({
  type: z.literal("table"),
  block_id: blockId.optional(),
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z.array(column.nullable()).max(20).optional(),
});

export type Cell = z.infer<typeof cell>;

const withBlockId = { block_id: blockId.optional() };

const file = z
  .strictObject({ url: link.optional(), id: z.string().min(1).optional() })
  .refine(({ url, id }) => !url !== !id, { error: "must define either url or id" });

/** Exactly one of `image_url` and `slack_file` must be set; `rules.ts` checks that. */
const image = z.strictObject({
  type: z.literal("image"),
  image_url: link.optional(),
  slack_file: file.optional(),
  alt_text: z.string().min(1).max(2000),
});

const contextElement = z.discriminatedUnion("type", [image, ...text().options]);
const accessory = z.discriminatedUnion("type", [image, ...accessoryElement.options]);

/** All block types that the simulator supports. */
export const block = z.discriminatedUnion("type", [
  z.strictObject({
    ...withBlockId,
    type: z.literal("header"),
    text: plainText(150),
    level: z.int().min(1).max(4).optional(),
  }),
  z.strictObject({
    ...withBlockId,
    type: z.literal("section"),
    text: text().optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  }),
  z.strictObject({
    ...withBlockId,
    type: z.literal("context"),
    elements: z.array(contextElement).min(1).max(10),
  }),
  z.strictObject({
    ...withBlockId,
    type: z.literal("actions"),
    elements: z.array(actionElement).min(1).max(25),
  }),
  z.strictObject({ ...withBlockId, type: z.literal("divider") }),
  image.extend({ ...withBlockId, title: plainText(2000).optional() }),
  z.strictObject({
    ...withBlockId,
    type: z.literal("input"),
    label: plainText(2000),
    element: inputElement,
    hint: plainText(2000).optional(),
    optional: z.boolean().default(false),
    dispatch_action: z.boolean().default(false),
  }),
  richText,
  table,
  z.strictObject({ ...withBlockId, type: z.literal("markdown"), text: z.string().min(1).max(12_000) }),
  z.strictObject({
    ...withBlockId,
    type: z.literal("alert"),
    text: text(),
    level: z.enum(["default", "info", "warning", "error", "success"]).optional(),
  }),
]);

export type Image = z.infer<typeof image>;
export type Block = z.infer<typeof block>;
export type BlockOf<T extends Block["type"]> = Extract<Block, { type: T }>;
