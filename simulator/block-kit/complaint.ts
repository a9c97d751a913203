import type { z } from "zod";

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
export const complaints = (error: z.ZodError): string[] =>
  error.issues.map((issue) => {
    const { path, says } = complaint(issue);
    return `[ERROR] ${says} [json-pointer:${pointer(path)}]`;
  });
