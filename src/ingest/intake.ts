import type { Report } from "../alert/report.ts";
import type { Database } from "../db/connect.ts";
import { type IntakeTransaction, openIntakeConnection } from "../db/intake-transaction.ts";
import type { ReportingSource, Taken } from "../dedup/incoming.ts";
import { takeIn } from "../pipeline.ts";
import { type GroupCommit, groupCommit, isBadData } from "./group-commit.ts";
import { answered, type Recall, remember } from "./remember-request.ts";

/** One request's reports, and what makes it the same request if it comes again. */
export interface IngestRequest {
  source: ReportingSource;
  reports: Report[];
  idempotency: { key: string; bodyHash: Buffer } | null;
}

export type RequestTaken =
  | { kind: "taken"; results: Taken[] }
  /** The key came before with this very body, and was answered so. */
  | { kind: "repeat"; results: Taken[] }
  | { kind: "other-body" };

/** Takes several requests in, in one transaction; results in their order. */
export async function takeRequests(intake: IntakeTransaction, requests: IngestRequest[]) {
  const recalls = new Map<IngestRequest, Recall<Taken>>();
  const firstWith = new Map<string, IngestRequest>();
  for (const request of requests) {
    const name = request.idempotency && `${request.source.id}:${request.idempotency.key}`;
    if (!request.idempotency || !name || firstWith.has(name)) continue;
    firstWith.set(name, request);
    recalls.set(
      request,
      await remember<Taken>(intake.tx, { sourceId: request.source.id, ...request.idempotency }),
    );
  }
  const news = requests.filter((request) => isNew(request, recalls));
  const all = news.flatMap(({ source, reports }) => reports.map((report) => ({ source, report })));
  const { result, last } = await takeIn(intake, all);

  const taken = new Map<IngestRequest, RequestTaken>();
  let at = 0;
  for (const request of news) {
    const results = result.slice(at, at + request.reports.length);
    at += request.reports.length;
    taken.set(request, { kind: "taken", results });
    if (request.idempotency) {
      await answered(intake.tx, { sourceId: request.source.id, ...request.idempotency, results });
    }
  }
  const answerOf = (request: IngestRequest): RequestTaken =>
    taken.get(request) ?? repeated(request, { recalls, taken, firstWith });
  return { result: requests.map(answerOf), last };
}

function isNew(request: IngestRequest, recalls: Map<IngestRequest, Recall<Taken>>): boolean {
  return request.idempotency === null || recalls.get(request)?.kind === "new";
}

interface Known {
  recalls: Map<IngestRequest, Recall<Taken>>;
  taken: Map<IngestRequest, RequestTaken>;
  firstWith: Map<string, IngestRequest>;
}

/** A request that was taken before: by an earlier transaction, or a moment ago in this one. */
function repeated(request: IngestRequest, { recalls, taken, firstWith }: Known): RequestTaken {
  const recall = recalls.get(request);
  if (recall?.kind === "repeat") return { kind: "repeat", results: recall.results };
  const first = firstWith.get(`${request.source.id}:${request.idempotency?.key}`);
  const sameBody = first?.idempotency && request.idempotency?.bodyHash.equals(first.idempotency.bodyHash);
  if (!first || first === request || !sameBody) return { kind: "other-body" };
  const before = taken.get(first) ?? repeated(first, { recalls, taken, firstWith });
  return before.kind === "taken" ? { kind: "repeat", results: before.results } : before;
}

export type Intake = GroupCommit<IngestRequest, RequestTaken>;

/** Two transactions at a time keep the database busy; more would only make the groups smaller. */
const lanes = 2;
/** A longer transaction lets all others wait, a CRITICAL alert among them, and holds all its rows in memory. */
const mostReportsInGroup = 500;

/** Commits what sources report, many requests together. `taken` hears which alerts each commit was about. */
export function openIntake(db: Database, taken: (alertIds: string[]) => void): Intake {
  return groupCommit(
    Array.from({ length: lanes }, () => {
      const lane = openIntakeConnection(db);
      return async (group: IngestRequest[]) => {
        const results = await lane.transaction((intake) => takeRequests(intake, group));
        taken(results.flatMap(alertIds));
        return results;
      };
    }),
    { most: mostReportsInGroup, weight: ({ reports }) => reports.length, isBadData },
  );
}

function alertIds(taken: RequestTaken): string[] {
  return taken.kind === "taken" ? taken.results.flatMap(({ alertId }) => alertId ?? []) : [];
}
