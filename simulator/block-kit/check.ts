import { z } from "zod";
import { type BlockError, ruleErrors } from "./rules.ts";
import { type Block, block } from "./schema/block.ts";
import { type Home, home, type Modal, modal } from "./schema/view.ts";

export type Checked<T> = { ok: true; value: T } | { ok: false; messages: string[] };

const addIssues = (context: z.core.ParsePayload, errors: ReturnType<typeof ruleErrors>) => {
  for (const { path, message } of errors)
    context.issues.push({ code: "custom", path, message, input: undefined });
};

const messageBody = z.object({
  blocks: z
    .array(block)
    .max(50)
    .check((context) => addIssues(context, ruleErrors(context.value, [], "message"))),
});

const lacksSubmitButton = ({ submit, blocks }: Modal) =>
  !submit && blocks.some(({ type }) => type === "input");

const view = z.object({
  view: modal.check((context) => {
    addIssues(context, ruleErrors(context.value.blocks, ["blocks"], "modal"));
    if (lacksSubmitButton(context.value))
      addIssues(context, [{ path: [], message: "missing required field: submit" }]);
  }),
});

const homeView = z.object({
  view: home.check((context) => addIssues(context, ruleErrors(context.value.blocks, ["blocks"], "home"))),
});

// With `reportInput`, a missing field can be distinguished from one of a wrong type.
const options = { reportInput: true };

/** Checks the blocks of a message: up to 50, also none. Returns the blocks, or Slack's error messages. */
export function checkBlocks(blocks: unknown): Checked<Block[]> {
  const parsed = messageBody.safeParse({ blocks }, options);
  return parsed.success
    ? { ok: true, value: parsed.data.blocks }
    : { ok: false, messages: errorMessages(parsed.error) };
}

/** Checks a modal. Returns it, or Slack's error messages. */
export function checkModal(value: unknown): Checked<Modal> {
  const parsed = view.safeParse({ view: value }, options);
  return parsed.success
    ? { ok: true, value: parsed.data.view }
    : { ok: false, messages: errorMessages(parsed.error) };
}

/** Checks a home tab. Returns it, or Slack's error messages. */
export function checkHome(value: unknown): Checked<Home> {
  const parsed = homeView.safeParse({ view: value }, options);
  return parsed.success
    ? { ok: true, value: parsed.data.view }
    : { ok: false, messages: errorMessages(parsed.error) };
}

type Issue = z.core.$ZodIssue;

const pointer = (path: PropertyKey[]) => path.map((step) => `/${String(step)}`).join("");

const tooBig = (issue: z.core.$ZodIssueTooBig) =>
  issue.origin === "array"
    ? `no more than ${issue.maximum} items allowed`
    : `must be less than ${Number(issue.maximum) + 1}${issue.origin === "string" ? " characters" : ""}`;

const tooSmall = (issue: z.core.$ZodIssueTooSmall) =>
  issue.origin === "array"
    ? `no fewer than ${issue.minimum} items allowed`
    : `must be more than ${Number(issue.minimum) - 1}${issue.origin === "string" ? " characters" : ""}`;

function toBlockError(issue: Issue): BlockError {
  const { path } = issue;
  switch (issue.code) {
    case "too_big":
      return { path, message: tooBig(issue) };
    case "too_small":
      return { path, message: tooSmall(issue) };
    case "invalid_type":
      return issue.input === undefined
        ? { path: path.slice(0, -1), message: `missing required field: ${String(path.at(-1))}` }
        : { path, message: `must provide ${/^[aeio]/.test(issue.expected) ? "an" : "a"} ${issue.expected}` };
    case "unrecognized_keys":
      return { path, message: `invalid additional property: ${issue.keys.join(", ")}` };
    case "invalid_union":
      return { path, message: "unsupported type" };
    case "invalid_value":
      return { path, message: "must be a valid enum value" };
    default:
      return { path, message: issue.message };
  }
}

/** One message per error, in the format of Slack's `response_metadata.messages`. */
const errorMessages = (error: z.ZodError): string[] =>
  error.issues.map((issue) => {
    const { path, message } = toBlockError(issue);
    return `[ERROR] ${message} [json-pointer:${pointer(path)}]`;
  });
