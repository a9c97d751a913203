import type { Query } from "../../api/request.ts";
import { keysOf } from "../../forms/choices.ts";
import { readTime, startOf, type Within, withinLabels } from "../alerts/filters/time-range.ts";

/** The filters of the audit log in the URL; names and values are those of the API, besides `within`. */
export interface AuditSearch {
  who?: string[];
  action?: string[];
  target?: string[];
  outcome?: "accepted" | "refused";
  /** Counted back from now, so that a shared link still means "the last 24 hours" tomorrow. */
  within?: Within;
  after?: string;
  before?: string;
  q?: string;
}

export const outcomeLabels = { accepted: "Accepted", refused: "Refused" } as const;

const shapes = {
  who: /^(system|(user|token|slack):[\w-]{1,100})$/,
  action: /^[a-z_]{1,40}(\.[a-z_]{1,60})?$/,
  target: /^[a-z_]{1,40}(:[\w-]{1,100})?$/,
};

/** Reads filters from a URL's query. Values that the API would refuse are dropped, so that any link shows a list. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const list = (name: keyof typeof shapes) => {
    const kept = strings(search[name])
      .flatMap((item) => item.split(","))
      .filter((item) => shapes[name].test(item));
    return kept.length > 0 ? kept : undefined;
  };
  const q = strings(search.q)[0]?.trim().slice(0, 200);
  const found: Record<keyof AuditSearch, unknown> = {
    who: list("who"),
    action: list("action"),
    target: list("target"),
    outcome: keysOf(outcomeLabels).find((one) => one === search.outcome),
    within: keysOf(withinLabels).find((one) => one === search.within),
    after: readTime(search.after),
    before: readTime(search.before),
    q: q || undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

/** The API's query for these filters. */
export function auditQuery({ within, after, before, ...rest }: AuditSearch, now: Date): Query {
  if (!within) return { ...rest, after, before };
  return { ...rest, after: startOf(within, now) };
}
