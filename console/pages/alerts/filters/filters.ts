import type { AlertType, Severity, Status } from "../../../../src/alert/alert.ts";
import { alertTypeLabels, severityLabels, statusLabels } from "../../../../src/alert/alert.ts";
import { type Disposition, dispositionLabels } from "../../../../src/alert/disposition.ts";
import type { AlertQuery } from "../../../../src/triage/contract.ts";
import type { ViewBody, ViewFilters } from "../../../../src/triage/views/contract.ts";
import type { Query } from "../../../api/request.ts";
import { keysOf } from "../../../forms/choices.ts";
import { readTime, startOf, type Within, withinLabels } from "./time-range.ts";

export type Sort = AlertQuery["sort"];
type Silencing = keyof typeof silencedLabels;

/**
 * The filters in the URL. A missing filter matches everything; a missing `status` means Open and Triaged, with a
 * disposition Resolved and Invalid.
 */
export interface Filters {
  status?: Status[];
  severity?: Severity[];
  type?: AlertType[];
  source?: string[];
  detection?: string[];
  logType?: string[];
  disposition?: Disposition[];
  tag?: string[];
  assignee?: string[];
  /** Id of a digest, from its link in Slack: matches the alerts in the digest. */
  digest?: string;
  /** A missing one leaves silenced alerts out. */
  silenced?: Silencing;
  /** Id of a silence: matches the alerts that it has silenced. */
  silence?: string;
  /** Id of an alert: matches earlier ones with something in common. */
  seenBefore?: string;
  /** Counted back from now, so that a shared link still means "the last 24 hours" tomorrow. */
  within?: Within;
  after?: string;
  before?: string;
  q?: string;
  sort?: Sort;
}

export const silencedLabels = {
  true: "Only silenced",
  any: "Silenced ones too",
} as const;

export const sortLabels = {
  "-createdAt": "Newest first",
  createdAt: "Oldest first",
  "-severity": "Most severe first",
  severity: "Least severe first",
  "-updatedAt": "Latest change first",
  updatedAt: "Oldest change first",
} satisfies Record<Sort, string>;

/** Reads filters from a URL's query. Unknown values are dropped, so that any link shows a list. */
export function readFilters(search: Record<string, unknown>): Filters {
  return dropAbsent({
    status: known(statusLabels, search.status),
    severity: known(severityLabels, search.severity),
    type: known(alertTypeLabels, search.type),
    source: strings(search.source),
    detection: strings(search.detection),
    logType: strings(search.logType),
    disposition: known(dispositionLabels, search.disposition),
    tag: strings(search.tag),
    assignee: strings(search.assignee),
    digest: strings(search.digest)?.find((id) => uuid.test(id)),
    silenced: known(silencedLabels, search.silenced)?.[0],
    silence: strings(search.silence)?.find((id) => uuid.test(id)),
    seenBefore: strings(search.seenBefore)?.find((id) => uuid.test(id)),
    within: known(withinLabels, search.within)?.[0],
    after: readTime(search.after),
    before: readTime(search.before),
    q: strings(search.q)?.[0],
    sort: known(sortLabels, search.sort)?.[0],
  });
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Several values may be in one parameter: `status=OPEN,TRIAGED`. */
function known<K extends string>(record: Record<K, string>, value: unknown): K[] | undefined {
  const given = strings(value)?.flatMap((item) => item.split(","));
  const found = keysOf(record).filter((key) => given?.includes(key));
  return found.length > 0 ? found : undefined;
}

function strings(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  const kept = list.map((item) => item.trim()).filter((item) => item !== "");
  return kept.length > 0 ? kept : undefined;
}

function dropAbsent(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

/** The API's query for these filters. */
export function listQuery({ within, after, before, ...rest }: Filters, now: Date): Query {
  const createdAfter = within ? startOf(within, now) : after;
  return { ...rest, createdAfter, createdBefore: within ? undefined : before };
}

/** The filters as a saved view keeps them; null for filters that only make sense now. */
export function toView({ digest, seenBefore, after, before, ...rest }: Filters): ViewFilters | null {
  if (digest || seenBefore) return null;
  return { ...rest, ...(after && { createdAfter: after }), ...(before && { createdBefore: before }) };
}

/** The filters of a saved view. */
export function fromView({ filters }: Pick<ViewBody, "filters">): Filters {
  const { createdAfter, createdBefore, ...rest } = filters;
  return readFilters({ ...rest, after: createdAfter, before: createdBefore });
}
