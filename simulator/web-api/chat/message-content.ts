import { z } from "zod";
import { type Checked, checkBlocks } from "../../block-kit/check.ts";
import type { Block } from "../../block-kit/schema/block.ts";
import { nameBlocks } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";

type ContentArgs = {
  text?: string | undefined;
  markdown_text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
};

/** Slack cuts a message's text to this many characters. */
const maxTextLength = 40_000;

/** The maximum length of `markdown_text`, in characters. */
const maxMarkdownLength = 12_000;

/** The maximum text in all blocks: undocumented, but see https://github.com/slackapi/bolt-js/issues/2509. */
const maxBlocksLength = 13_200;

/** The number of characters in all `text` fields of a value. */
const textLength = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === "text" && typeof inner === "string" ? inner.length : textLength(inner)),
    0,
  );
};

const isEmpty = (blocks: unknown) => blocks === undefined || blocks === "" || blocks === null;

// The JSON length is a cheap upper bound: only large messages are measured exactly.
const areTooLong = (blocks: Block[], json: string) =>
  json.length > maxBlocksLength && textLength(blocks) > maxBlocksLength;

/** Checks the content of a message. Returns it as the workspace stores it, or Slack's error. */
export function readContent(workspace: Workspace, given: ContentArgs) {
  const { text = "", markdown_text: markdown, blocks } = given;
  if (markdown && (text || !isEmpty(blocks))) return refuse("markdown_text_conflict");
  if ((markdown?.length ?? 0) > maxMarkdownLength) return refuse("msg_blocks_too_long");
  if (!isEmpty(blocks) && !Array.isArray(blocks))
    return refuse("invalid_blocks_format", ["[ERROR] must provide an array [json-pointer:/blocks]"]);
  const makeId = () => workspace.makeId("b");
  const attached = readAttachments(given.attachments, makeId);
  if (!attached.ok) return attached;
  const blockList = Array.isArray(blocks) ? blocks : [];
  if (!text && !markdown && blockList.length === 0 && !attached.attachments) return refuse("no_text");
  const checked = checkBlocks(blockList);
  if (!checked.ok) return refuse("invalid_blocks", checked.messages);
  const json = blockList.length > 0 ? JSON.stringify(nameBlocks(checked.value, makeId)) : undefined;
  if (json && areTooLong(checked.value, json)) return refuse("msg_blocks_too_long");
  return {
    ok: true as const,
    text: (markdown ?? text).slice(0, maxTextLength),
    parsedBlocks: checked.value,
    blocks: json,
    attachments: attached.attachments,
  };
}

/** The maximum length of all attachments as JSON, in characters. Slack documents no number. */
const maxAttachmentsLength = 100_000;

const attachment = z.record(z.string(), z.unknown());

const inBlocks = (index: number) => (message: string) =>
  message.replace("json-pointer:/blocks", `json-pointer:/attachments/${index}/blocks`);

const withIds = (checked: Checked<Block[]> | undefined, makeId: () => string) =>
  checked?.ok && checked.value.length > 0 ? { blocks: nameBlocks(checked.value, makeId) } : {};

/** Checks attachments, which are parsed already. Returns them as JSON, or Slack's error. */
function readAttachments(given: unknown, makeId: () => string) {
  if (given === undefined || given === "" || given === null || typeof given === "boolean")
    return { ok: true as const, attachments: undefined };
  const parsed = z.array(attachment).safeParse(given);
  if (!parsed.success)
    return refuse("invalid_attachments", ["[ERROR] must provide an array [json-pointer:/attachments]"]);
  if (parsed.data.length > 100) return refuse("too_many_attachments");
  const checked = parsed.data.map(({ blocks }) => checkBlocks(blocks ?? []));
  const messages = checked.flatMap((one, index) => (one.ok ? [] : one.messages.map(inBlocks(index))));
  if (messages.length > 0) return refuse("invalid_attachments", messages);
  const kept = parsed.data.map((one, index) => ({
    id: index + 1,
    fallback: one.text ?? "[no preview available]",
    ...one,
    ...withIds(checked[index], makeId),
  }));
  const attachments = kept.length > 0 ? JSON.stringify(kept) : undefined;
  if (attachments && attachments.length > maxAttachmentsLength)
    return refuse("attachment_payload_limit_exceeded");
  return { ok: true as const, attachments };
}
