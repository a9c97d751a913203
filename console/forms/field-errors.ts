import { ApiFault } from "../api/api-fault.ts";

/** What the API says is wrong, by field; of `logTypes.0` the form knows only `logTypes`, with all that is wrong in it. */
export function fieldErrors(fault: Error | null | undefined): Map<string, string> {
  const errors = fault instanceof ApiFault ? (fault.problem.errors ?? []) : [];
  const told = new Map<string, string>();
  for (const { field, detail } of errors) {
    const root = rootOf(field);
    told.set(root, [told.get(root), sentenceOf(detail)].filter(Boolean).join(" "));
  }
  return told;
}

function rootOf(field: string): string {
  return field.split(/[.[/]/).find((part) => part !== "" && part !== "body") ?? field;
}

/** Whoever is named by e-mail is written as they are. */
function sentenceOf(detail: string): string {
  return /^\S+@/.test(detail) ? detail : detail.charAt(0).toUpperCase() + detail.slice(1);
}
