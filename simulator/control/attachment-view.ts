import { z } from "zod";
import type { Block } from "../block-kit/schema/block.ts";
import type { Attachment } from "../workspace/message.ts";

const words = z.string().optional().catch(undefined);

const field = z.object({
  title: z.string().default(""),
  value: z.string().default(""),
  short: z.boolean().default(false),
});

// What isn't as Slack wants it is not drawn: it has taken it all the same.
const read = z.object({
  color: words,
  pretext: words,
  author_name: words,
  author_link: words,
  title: words,
  title_link: words,
  text: words,
  fields: z.array(field).catch([]).default([]),
  image_url: words,
  thumb_url: words,
  footer: words,
  ts: z.coerce.number().optional().catch(undefined),
  fallback: words,
});

/** Something attached to a message, of the kind that was before blocks, or with blocks in it. */
export type AttachmentView = z.output<typeof read> & { blocks: Block[] };

export const attachmentView = ({ blocks = [], ...given }: Attachment): AttachmentView => ({
  ...read.parse(given),
  blocks,
});
