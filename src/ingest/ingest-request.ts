import type { Report } from "../alert/report.ts";
import type { ReportingSource, ReportOutcome } from "../dedup/incoming.ts";
import type { IngestResult } from "./contract.ts";
import type { BodyToPick, PickedBody } from "./expressions/pick-reports.ts";
import type { GroupCommit } from "./group-commit.ts";

/** The reports of one request, and what identifies a repeat of it. */
export interface IngestRequest {
  source: ReportingSource;
  reports: Report[];
  idempotency: { key: string; bodyHash: Buffer } | null;
}

export type RequestOutcome =
  | { kind: "taken"; results: ReportOutcome[] }
  /** The Idempotency-Key was used before with the same body; these are the earlier results. */
  | { kind: "repeat"; results: ReportOutcome[] }
  | { kind: "other-body" };

/** Commits the reports of many requests together. */
export type Intake = GroupCommit<IngestRequest, RequestOutcome>;

/** A body that was read, with what became of its reports. */
export interface Receipt {
  sourceId: string;
  /** As the source sent it, decoded. */
  bytes: Buffer;
  contentType: string | null;
  /** One for each report; a body that could not be read has one. */
  results: IngestResult[];
  /** Words for severities that Tocsin doesn't know. */
  unknownWords: string[];
}

/** Evaluates the expressions of sources, beside Tocsin. */
export interface ExpressionPool {
  /** Picks from the reports of a body. Throws a 429 if too many bodies of the source wait already. */
  pick(sourceId: string, body: BodyToPick): Promise<PickedBody>;
  close(): void;
}
