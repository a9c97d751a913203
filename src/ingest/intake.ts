import type { Database } from "../db/connect.ts";
import { type IntakeTransaction, openIntakeConnection } from "../db/intake-transaction.ts";
import type { ReportOutcome } from "../dedup/incoming.ts";
import type { Claiming } from "../outbox/open-deliveries.ts";
import { ingestReports } from "../pipeline.ts";
import type { Announced } from "../route/announce.ts";
import { groupCommit, isBadData } from "./group-commit.ts";
import type { IngestRequest, Intake, RequestOutcome } from "./ingest-request.ts";
import { claimKey, type KeyClaim, storeResults } from "./remember-request.ts";

/** Ingests several requests in one transaction. Returns outcomes in their order, and what has to go out. */
export async function ingestRequests(
  intake: IntakeTransaction,
  requests: IngestRequest[],
  claiming?: Claiming,
) {
  const claims = new Map<IngestRequest, KeyClaim<ReportOutcome>>();
  const firstWith = new Map<string, IngestRequest>();
  for (const request of requests) {
    const name = request.idempotency && `${request.source.id}:${request.idempotency.key}`;
    if (!request.idempotency || !name || firstWith.has(name)) continue;
    firstWith.set(name, request);
    claims.set(
      request,
      await claimKey<ReportOutcome>(intake.tx, { sourceId: request.source.id, ...request.idempotency }),
    );
  }
  const fresh = requests.filter((request) => isNew(request, claims));
  const all = fresh.flatMap(({ source, reports }) => reports.map((report) => ({ source, report })));
  const { result, last, announced } = await ingestReports(intake, all, claiming);

  const outcomes = new Map<IngestRequest, RequestOutcome>();
  let at = 0;
  for (const request of fresh) {
    const results = result.slice(at, at + request.reports.length);
    at += request.reports.length;
    outcomes.set(request, { kind: "taken", results });
    if (request.idempotency) {
      await storeResults(intake.tx, { sourceId: request.source.id, ...request.idempotency, results });
    }
  }
  const answerOf = (request: IngestRequest): RequestOutcome =>
    outcomes.get(request) ?? repeated(request, { claims, outcomes, firstWith });
  return { result: { outcomes: requests.map(answerOf), announced }, last };
}

function isNew(request: IngestRequest, claims: Map<IngestRequest, KeyClaim<ReportOutcome>>): boolean {
  return request.idempotency === null || claims.get(request)?.kind === "new";
}

interface BatchState {
  claims: Map<IngestRequest, KeyClaim<ReportOutcome>>;
  outcomes: Map<IngestRequest, RequestOutcome>;
  firstWith: Map<string, IngestRequest>;
}

/** The outcome of a request that repeats one of an earlier transaction or of this one. */
function repeated(request: IngestRequest, { claims, outcomes, firstWith }: BatchState): RequestOutcome {
  const claim = claims.get(request);
  if (claim?.kind === "repeat") return { kind: "repeat", results: claim.results };
  const first = firstWith.get(`${request.source.id}:${request.idempotency?.key}`);
  const sameBody = first?.idempotency && request.idempotency?.bodyHash.equals(first.idempotency.bodyHash);
  if (!first || first === request || !sameBody) return { kind: "other-body" };
  const earlier = outcomes.get(first) ?? repeated(first, { claims, outcomes, firstWith });
  return earlier.kind === "taken" ? { kind: "repeat", results: earlier.results } : earlier;
}

/** Two concurrent transactions keep the database busy; more would only make the groups smaller. */
const connectionCount = 2;
/** A larger transaction delays all other reports, even CRITICAL ones, and keeps all its rows in memory. */
const maxReportsPerGroup = 500;

interface IntakeOptions {
  /** The lines that a transaction may claim for the cards of its alerts; with no room it claims none. */
  claiming: () => Claiming;
  /** Called after each commit, with its alerts and what has to go out. */
  onCommit: (committed: Announced & { alertIds: string[] }) => void;
}

/** Commits many requests together. */
export function openIntake(db: Database, { claiming, onCommit }: IntakeOptions): Intake {
  return groupCommit(
    Array.from({ length: connectionCount }, () => {
      const connection = openIntakeConnection(db);
      return async (group: IngestRequest[]) => {
        const { outcomes, announced } = await connection.transaction((intake) =>
          ingestRequests(intake, group, claiming()),
        );
        onCommit({ alertIds: outcomes.flatMap(alertIds), ...(await announced) });
        return outcomes;
      };
    }),
    { maxWeight: maxReportsPerGroup, weight: ({ reports }) => reports.length, isBadData },
  );
}

function alertIds(outcome: RequestOutcome): string[] {
  return outcome.kind === "taken" ? outcome.results.flatMap(({ alertId }) => alertId ?? []) : [];
}
