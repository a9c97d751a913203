import { z } from "zod";
import { blockId, link } from "./text.ts";

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    underline: z.boolean().optional(),
    code: z.boolean().optional(),
    highlight: z.boolean().optional(),
    client_highlight: z.boolean().optional(),
    unlink: z.boolean().optional(),
  })
  .optional();

const id = (first: RegExp) => z.string().regex(first, { error: "must be a valid id" });

const leaf = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string(), style }),
  z.strictObject({
    type: z.literal("link"),
    url: link,
    text: z.string().optional(),
    unsafe: z.boolean().optional(),
    style,
  }),
  z.strictObject({ type: z.literal("user"), user_id: id(/^[UW][A-Z0-9]+$/), style }),
  z.strictObject({ type: z.literal("usergroup"), usergroup_id: id(/^S[A-Z0-9]+$/), style }),
  z.strictObject({ type: z.literal("channel"), channel_id: id(/^[CG][A-Z0-9]+$/), style }),
  z.strictObject({ type: z.literal("team"), team_id: id(/^T[A-Z0-9]+$/), style }),
  z.strictObject({
    type: z.literal("emoji"),
    name: z.string().min(1),
    unicode: z.string().min(1).optional(),
    skin_tone: z.int().min(1).max(6).optional(),
    style,
  }),
  z.strictObject({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]), style }),
  z.strictObject({ type: z.literal("color"), value: id(/^#?[0-9a-fA-F]{6}$/), style }),
  z.strictObject({
    type: z.literal("date"),
    timestamp: z.int().min(0),
    format: z.string().min(1),
    url: link.optional(),
    fallback: z.string().optional(),
    style,
  }),
]);

const leaves = z.array(leaf);
const border = z.union([z.literal(0), z.literal(1)]).optional();
const section = z.strictObject({ type: z.literal("rich_text_section"), elements: leaves });

const part = z.discriminatedUnion("type", [
  section,
  z.strictObject({
    type: z.literal("rich_text_list"),
    style: z.enum(["bullet", "ordered"]),
    elements: z.array(section).min(1),
    indent: z.int().min(0).optional(),
    offset: z.int().min(0).optional(),
    border,
  }),
  z.strictObject({
    type: z.literal("rich_text_preformatted"),
    elements: leaves,
    border,
    language: z.string().min(1).optional(),
  }),
  z.strictObject({ type: z.literal("rich_text_quote"), elements: leaves, border }),
]);

export const richText = z.strictObject({
  type: z.literal("rich_text"),
  elements: z.array(part),
  block_id: blockId.optional(),
});

export type RichTextLeaf = z.infer<typeof leaf>;
export type RichTextPart = z.infer<typeof part>;
