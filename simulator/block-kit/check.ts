import { z } from "zod";
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

type Issue = z.core.$ZodIssue;
type Complaint = { path: PropertyKey[]; says: string };

const pointer = (path: PropertyKey[]) => path.map((step) => `/${String(step)}`).join("");

const tooBig = (issue: z.core.$ZodIssueTooBig) =>
  issue.origin === "array"
    ? `no more than ${issue.maximum} items allowed`
    : `must be less than ${Number(issue.maximum) + 1}${issue.origin === "string" ? " characters" : ""}`;

const tooSmall = (issue: z.core.$ZodIssueTooSmall) =>
  issue.origin === "array"
    ? `no fewer than ${issue.minimum} items allowed`
    : `must be more than ${Number(issue.minimum) - 1}${issue.origin === "string" ? " characters" : ""}`;

function complaint(issue: Issue): Complaint {
  const { path } = issue;
  switch (issue.code) {
    case "too_big":
      return { path, says: tooBig(issue) };
    case "too_small":
      return { path, says: tooSmall(issue) };
    case "invalid_type":
      return issue.input === undefined
        ? { path: path.slice(0, -1), says: `missing required field: ${String(path.at(-1))}` }
        : { path, says: `must provide ${/^[aeio]/.test(issue.expected) ? "an" : "a"} ${issue.expected}` };
    case "unrecognized_keys":
      return { path, says: `invalid additional property: ${issue.keys.join(", ")}` };
    case "invalid_union":
      return { path, says: "unsupported type" };
    case "invalid_value":
      return { path, says: "must be a valid enum value" };
    default:
      return { path, says: issue.message };
  }
}

/** One line per fault, as Slack writes them in `response_metadata.messages`. */
const complaints = (error: z.ZodError): string[] =>
  error.issues.map((issue) => {
    const { path, says } = complaint(issue);
    return `[ERROR] ${says} [json-pointer:${pointer(path)}]`;
  });
