import type { AlertType, Severity, Status } from "../../../../src/alert/alert.ts";
import { alertTypeLabels, severityLabels, statusLabels } from "../../../../src/alert/alert.ts";
import type { AlertQuery } from "../../../../src/triage/contract.ts";
import type { Query } from "../../../api/request.ts";
import { keysOf } from "../../../forms/choices.ts";

export type Sort = AlertQuery["sort"];
type Within = keyof typeof withinWords;

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
    status: known(statusLabels, search.status),
    severity: known(severityLabels, search.severity),
    type: known(alertTypeLabels, search.type),
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

const hourMs = 3_600_000;
const withinMs = {
  "1h": hourMs,
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
} satisfies Record<Within, number>;

/** What the API is asked for these filters at this moment. */
export function listQuery({ within, after, before, ...rest }: Filters, now: Date): Query {
  const createdAfter = within ? new Date(now.getTime() - withinMs[within]).toISOString() : after;
  return { ...rest, createdAfter, createdBefore: within ? undefined : before };
}
