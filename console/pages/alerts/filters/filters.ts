import type { AlertType } from "../../../../src/alert/alert-type.ts";
import type { Severity } from "../../../../src/alert/severity.ts";
import type { Status } from "../../../../src/alert/status.ts";
import type { AlertQuery } from "../../../../src/triage/contract.ts";
import { keysOf } from "../../../forms/choices.ts";
import { severityWords, statusWords, typeWords } from "../../../words.ts";

export type Sort = AlertQuery["sort"];
export type Within = keyof typeof withinWords;

/** What the list shows, as it stands in the URL. Absent is: everything; for `status`: Open and Triaged. */
export interface Filters {
  status?: Status[];
  severity?: Severity[];
  type?: AlertType[];
  source?: string[];
  detection?: string[];
  logType?: string[];
  assignee?: string[];
  /** What one digest in Slack has gathered: its id, as the link in Slack carries it. */
  digest?: string;
  /** Counted back from now, so that a link says the same tomorrow. */
  within?: Within;
  after?: string;
  before?: string;
  q?: string;
  sort?: Sort;
}

export const withinWords = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
} as const;

export const sortWords = {
  "-createdAt": "Newest first",
  createdAt: "Oldest first",
  "-severity": "Most severe first",
  severity: "Least severe first",
  "-updatedAt": "Last changed first",
  updatedAt: "Longest unchanged first",
} satisfies Record<Sort, string>;

/** Reads a URL's search; what means nothing is dropped, so that any link shows a list. */
export function readFilters(search: Record<string, unknown>): Filters {
  return dropAbsent({
    status: known(statusWords, search.status),
    severity: known(severityWords, search.severity),
    type: known(typeWords, search.type),
    source: words(search.source),
    detection: words(search.detection),
    logType: words(search.logType),
    assignee: words(search.assignee),
    digest: words(search.digest)?.find((id) => uuid.test(id)),
    within: known(withinWords, search.within)?.[0],
    after: moment(search.after),
    before: moment(search.before),
    q: words(search.q)?.[0],
    sort: known(sortWords, search.sort)?.[0],
  });
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Several of a closed list may also stand in one value, as `status=OPEN,TRIAGED`. */
function known<K extends string>(record: Record<K, string>, value: unknown): K[] | undefined {
  const given = words(value)?.flatMap((word) => word.split(","));
  const found = keysOf(record).filter((key) => given?.includes(key));
  return found.length > 0 ? found : undefined;
}

function words(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  const kept = list.map((item) => item.trim()).filter((item) => item !== "");
  return kept.length > 0 ? kept : undefined;
}

function moment(value: unknown): string | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function dropAbsent(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}
