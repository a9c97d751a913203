import { blockText, namedFields } from "./block-text.ts";
import { type SlackAttachment, type SlackMessage, shownValue, type ToPlain } from "./slack-message.ts";

/** A message in plain text, as a preset reads it. */
export interface MessageView {
  /** The name under which the tool posts. */
  username: string;
  text: string;
  blocks: string;
  attachments: AttachmentView[];
  /** Of attachments. */
  fields: FieldView[];
  /** Fields of blocks that have a name; they are in `lines`, too. */
  blockFields: FieldView[];
  /** Everything above, line by line, trimmed and without blank ones; without fields of attachments, footers and fallbacks. */
  lines: string[];
}

export interface AttachmentView {
  title: string;
  /** Author, pretext, title, text and blocks; the fallback if there is none of them. */
  all: string;
  fallback: string;
  pretext: string;
  footer: string;
  link: string;
}

export interface FieldView {
  name: string;
  value: string;
  /** As the tool sent it. */
  given: unknown;
}

export function viewOf(message: SlackMessage, plain: ToPlain): MessageView {
  const text = plain(message.text);
  const blocks = blockText(message.blocks, plain);
  const attachments = message.attachments.map((one) => attachmentView(one, plain));
  const lines = [text, blocks, ...attachments.map(({ all }) => all)]
    .flatMap((part) => part.split("\n"))
    .map((line) => line.trim())
    .filter(Boolean);
  const allBlocks = [message.blocks, ...message.attachments.map((one) => one.blocks)];
  return {
    username: message.username,
    text,
    blocks,
    attachments,
    fields: message.attachments.flatMap(({ fields }) => fieldViews(fields, plain)),
    blockFields: allBlocks.flatMap((all) => fieldViews(namedFields(all), plain)),
    lines,
  };
}

function attachmentView(given: SlackAttachment, plain: ToPlain): AttachmentView {
  const { author_name, pretext, title, text } = given;
  const parts = [author_name, pretext, title, text].map((part) => plain(part).trim());
  const fallback = plain(given.fallback);
  const all = [...parts, blockText(given.blocks, plain)].filter(Boolean).join("\n") || fallback;
  const link = plain(given.title_link);
  return {
    title: plain(title).trim(),
    pretext: plain(pretext),
    all,
    fallback,
    footer: plain(given.footer),
    link,
  };
}

function fieldViews(given: readonly { title: string; value?: unknown }[], plain: ToPlain): FieldView[] {
  return given
    .map(({ title, value }) => ({
      name: plain(title).trim(),
      value: plain(shownValue(value)).trim(),
      given: value,
    }))
    .filter(({ name, value }) => name || value);
}

/** The value of the first field with this name, in any case; empty without one. */
export function fieldOf({ fields, blockFields }: MessageView, name: string): string {
  return (
    [...fields, ...blockFields].find((one) => one.name.toLowerCase() === name.toLowerCase())?.value ?? ""
  );
}

const headLines = 3;

/** The lines in which a message says what it is about; a digest of several things may name others further below. */
export function headOf({ lines }: Pick<MessageView, "lines">): string[] {
  return lines.slice(0, headLines);
}

/** Everything that a reader sees. */
export function seenText({ lines, fields }: MessageView): string {
  const known = new Set(lines);
  const shown = fields.map(({ name, value }) => `${name}: ${value}`);
  return [...known, ...shown].join("\n");
}
