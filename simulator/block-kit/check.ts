import { z } from "zod";
import { complaints } from "./complaint.ts";
import { ruleFaults } from "./rules.ts";
import { type Block, block } from "./schema/block.ts";
import { type Home, home, type Modal, modal } from "./schema/view.ts";

export type Checked<T> = { ok: true; value: T } | { ok: false; messages: string[] };

const raise = (context: z.core.ParsePayload, faults: ReturnType<typeof ruleFaults>) => {
  for (const { path, says } of faults)
    context.issues.push({ code: "custom", path, message: says, input: undefined });
};

const message = z.object({
  blocks: z
    .array(block)
    .max(50)
    .check((context) => raise(context, ruleFaults(context.value, [], "message"))),
});

const lacksSubmit = ({ submit, blocks }: Modal) => !submit && blocks.some(({ type }) => type === "input");

const view = z.object({
  view: modal.check((context) => {
    raise(context, ruleFaults(context.value.blocks, ["blocks"], "modal"));
    if (lacksSubmit(context.value)) raise(context, [{ path: [], says: "missing required field: submit" }]);
  }),
});

const homeView = z.object({
  view: home.check((context) => raise(context, ruleFaults(context.value.blocks, ["blocks"], "home"))),
});

// `reportInput` tells a field that is missing from one of a wrong type.
const options = { reportInput: true };

/** The blocks of a message, or what Slack would say about them. At most 50; none is allowed. */
export function checkBlocks(blocks: unknown): Checked<Block[]> {
  const parsed = message.safeParse({ blocks }, options);
  return parsed.success
    ? { ok: true, value: parsed.data.blocks }
    : { ok: false, messages: complaints(parsed.error) };
}

/** A dialog, or what Slack would say about it. */
export function checkModal(value: unknown): Checked<Modal> {
  const parsed = view.safeParse({ view: value }, options);
  return parsed.success
    ? { ok: true, value: parsed.data.view }
    : { ok: false, messages: complaints(parsed.error) };
}

/** A home tab, or what Slack would say about it. */
export function checkHome(value: unknown): Checked<Home> {
  const parsed = homeView.safeParse({ view: value }, options);
  return parsed.success
    ? { ok: true, value: parsed.data.view }
    : { ok: false, messages: complaints(parsed.error) };
}
