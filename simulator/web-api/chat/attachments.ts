import { z } from "zod";
import { type Checked, checkBlocks } from "../../block-kit/check.ts";
import type { Block } from "../../block-kit/schema/block.ts";
import { nameBlocks } from "../../workspace/message.ts";
import { refuse } from "../answer.ts";

/** Of all attachments as JSON, in characters. Slack says that there is a limit, not which. */
const largest = 100_000;

const attachment = z.record(z.string(), z.unknown());

const inBlocks = (index: number) => (message: string) =>
  message.replace("json-pointer:/blocks", `json-pointer:/attachments/${index}/blocks`);

const named = (checked: Checked<Block[]> | undefined, makeId: () => string) =>
  checked?.ok && checked.value.length > 0 ? { blocks: nameBlocks(checked.value, makeId) } : {};

/** Attachments as they will be kept, or why Slack would not take them. `text` of JSON is read before. */
export function readAttachments(given: unknown, makeId: () => string) {
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
