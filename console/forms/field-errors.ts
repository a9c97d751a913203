import { ApiFault } from "../api/api-fault.ts";

/**
 * What the API says is wrong, by field; of `logTypes.0` the form knows only `logTypes`, with all that is wrong
 * in it. With `within`, only what is wrong in that field, by what follows its name: `0.url`, or nothing.
 */
export function fieldErrors(fault: Error | null | undefined, within?: string): Map<string, string> {
  const errors = fault instanceof ApiFault ? (fault.problem.errors ?? []) : [];
  const told = new Map<string, string>();
  for (const { field, detail } of errors) {
    const [root = field, ...rest] = partsOf(field);
    if (within !== undefined && root !== within) continue;
    const at = within === undefined ? root : rest.join(".");
    told.set(at, [told.get(at), sentenceOf(detail)].filter(Boolean).join(" "));
  }
  return told;
}

function partsOf(field: string): string[] {
  return field.split(/[.[\]/]/).filter((part) => part !== "" && part !== "body");
}

/** Whoever is named by e-mail is written as they are. */
function sentenceOf(detail: string): string {
  return /^\S+@/.test(detail) ? detail : detail.charAt(0).toUpperCase() + detail.slice(1);
}
