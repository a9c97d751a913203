import type { ExpressionField } from "../../../src/alert/expressions.ts";
import type { PreviewBody } from "../../../src/ingest/contract.ts";
import { pathText } from "./locate-in-json.ts";

/** What an expression gave for the sample, for people. */
export interface Outcome {
  state: "ok" | "warning" | "error";
  text: string;
  /** Where in the expression it failed, in UTF-16 units. */
  at?: number;
  /** The place in the sample that led to a warning or an error. */
  path?: (string | number)[];
}

interface Shown {
  /** Which report of the sample is shown. */
  index: number;
  /** Why the expression was not saved. */
  refused?: string | undefined;
}

/** Null if there is nothing to say: no expression, or no answer yet. */
export function outcomeOf(
  field: ExpressionField,
  preview: PreviewBody | undefined,
  { index, refused }: Shown,
): Outcome | null {
  const bad = preview?.bad.find((one) => one.field === field);
  if (bad)
    return { state: "error", text: `Can't be read at character ${bad.at + 1}: ${bad.fault}.`, at: bad.at };
  if (refused) return { state: "error", text: refused };
  if (!preview) return null;
  if (field === "reports") return outcomeOfReports(preview);
  const result = preview.results[index];
  const pick = result?.picks.find((one) => one.field === field);
  if (!pick) return null;
  const { value, fault, at, read } = pick;
  const path = read ? { path: read.path } : {};
  if (fault !== undefined)
    return {
      state: "error",
      text: `Failed${at === undefined ? "" : ` at character ${at + 1}`}: ${fault}`,
      ...(at !== undefined && { at }),
      ...path,
    };
  const warning = result?.warnings.find((one) => one.field === field);
  if (value === undefined) return { state: "warning", text: foundNothing(read), ...path };
  if (warning)
    return {
      state: "warning",
      text: `${value} should be ${warning.expected.replace(/; the expression gave .*/s, "")}.`,
      ...path,
    };
  return { state: "ok", text: value };
}

function outcomeOfReports({ problem, reports }: PreviewBody): Outcome | null {
  if (problem?.field !== "reports") return reports > 1 ? { state: "ok", text: `${reports} reports` } : null;
  const { fault, at, read } = problem;
  const text = fault === undefined ? "Found no report." : `Failed: ${fault}`;
  return { state: "error", text, ...(at !== undefined && { at }), ...(read && { path: read.path }) };
}

function foundNothing(read: { path: (string | number)[]; has?: string[] | undefined } | undefined): string {
  const name = read?.path.at(-1);
  if (!read?.has || name === undefined) return "Found nothing in this sample.";
  const parent = pathText(read.path.slice(0, -1));
  const where = parent === "" ? "The report" : parent;
  const names = new Intl.ListFormat("en-GB").format(read.has);
  return `Found nothing: ${where} has no ${name}${names ? `, but ${names}` : ""}.`;
}
