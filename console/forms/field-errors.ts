import { ApiFault } from "../api/api-fault.ts";

/** What the API says is wrong, by field; of `logTypes.0` the form knows only `logTypes`. */
export function fieldErrors(fault: Error | null | undefined): Map<string, string> {
  const errors = fault instanceof ApiFault ? (fault.problem.errors ?? []) : [];
  return new Map(errors.map(({ field, detail }) => [rootOf(field), sentenceOf(detail)]));
}

function rootOf(field: string): string {
  return field.split(/[.[/]/).find((part) => part !== "" && part !== "body") ?? field;
}

function sentenceOf(detail: string): string {
  return detail.charAt(0).toUpperCase() + detail.slice(1);
}
