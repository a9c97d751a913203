import { z } from "zod";
import { type Checked, checkBlocks } from "../../block-kit/check.ts";
import type { Block } from "../../block-kit/schema/block.ts";
import { nameBlocks } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";

type Given = {
  text?: string | undefined;
  markdown_text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
};

/** What Slack cuts a message's text to. */
const longest = 40_000;

/** Of `markdown_text`, in characters. */
const longestMarkdown = 12_000;

/** Of the text in all blocks: not published, but seen (https://github.com/slackapi/bolt-js/issues/2509). */
const longestBlocks = 13_200;

/** How much text there is in blocks, in whatever element it stands. */
const textLength = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === "text" && typeof inner === "string" ? inner.length : textLength(inner)),
    0,
  );
};

const isNothing = (blocks: unknown) => blocks === undefined || blocks === "" || blocks === null;

// Most messages are small: only a large one is taken apart to be measured.
const areTooLong = (blocks: Block[], packed: string) =>
  packed.length > longestBlocks && textLength(blocks) > longestBlocks;

/** Text, blocks and attachments as they will be kept, or why Slack would not take them. */
export function readContent(workspace: Workspace, given: Given) {
  const { text = "", markdown_text: markdown, blocks } = given;
  if (markdown && (text || !isNothing(blocks))) return refuse("markdown_text_conflict");
  if ((markdown?.length ?? 0) > longestMarkdown) return refuse("msg_blocks_too_long");
  if (!isNothing(blocks) && !Array.isArray(blocks))
    return refuse("invalid_blocks_format", ["[ERROR] must provide an array [json-pointer:/blocks]"]);
  const makeId = () => workspace.makeId("b");
  const attached = readAttachments(given.attachments, makeId);
  if (!attached.ok) return attached;
  const wanted = Array.isArray(blocks) ? blocks : [];
  if (!text && !markdown && wanted.length === 0 && !attached.attachments) return refuse("no_text");
  const checked = checkBlocks(wanted);
  if (!checked.ok) return refuse("invalid_blocks", checked.messages);
  const packed = wanted.length > 0 ? JSON.stringify(nameBlocks(checked.value, makeId)) : undefined;
  if (packed && areTooLong(checked.value, packed)) return refuse("msg_blocks_too_long");
  return {
    ok: true as const,
    text: (markdown ?? text).slice(0, longest),
    unpacked: checked.value,
    blocks: packed,
    attachments: attached.attachments,
  };
}

/** Of all attachments as JSON, in characters. Slack says that there is a limit, not which. */
const largest = 100_000;

const attachment = z.record(z.string(), z.unknown());

const inBlocks = (index: number) => (message: string) =>
  message.replace("json-pointer:/blocks", `json-pointer:/attachments/${index}/blocks`);

const named = (checked: Checked<Block[]> | undefined, makeId: () => string) =>
  checked?.ok && checked.value.length > 0 ? { blocks: nameBlocks(checked.value, makeId) } : {};

/** Attachments as they will be kept, or why Slack would not take them. `text` of JSON is read before. */
function readAttachments(given: unknown, makeId: () => string) {
  if (given === undefined || given === "" || given === null || typeof given === "boolean")
    return { ok: true as const, attachments: undefined };
  const parsed = z.array(attachment).safeParse(given);
  if (!parsed.success)
    return refuse("invalid_attachments", ["[ERROR] must provide an array [json-pointer:/attachments]"]);
  if (parsed.data.length > 100) return refuse("too_many_attachments");
  const checked = parsed.data.map(({ blocks }) => checkBlocks(blocks ?? []));
  const faults = checked.flatMap((one, index) => (one.ok ? [] : one.messages.map(inBlocks(index))));
  if (faults.length > 0) return refuse("invalid_attachments", faults);
  const kept = parsed.data.map((one, index) => ({
    id: index + 1,
    fallback: one.text ?? "[no preview available]",
    ...one,
    ...named(checked[index], makeId),
  }));
  const attachments = kept.length > 0 ? JSON.stringify(kept) : undefined;
  if (attachments && attachments.length > largest) return refuse("attachment_payload_limit_exceeded");
  return { ok: true as const, attachments };
}
