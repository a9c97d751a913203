import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Report } from "../alert/report.ts";
import type { Deps } from "../api/deps.ts";
import { Problem, problem } from "../api/problem.ts";
import type { ReportOutcome } from "../dedup/incoming.ts";
import type { IngestResult } from "./contract.ts";
import type { KnownSource } from "./door/doorkeeper.ts";
import type { OpenBody } from "./door/open-body.ts";
import { withRequest } from "./door/tool-clients.ts";
import type { IngestRequest, RequestOutcome } from "./ingest-request.ts";
import type { ParsedBody } from "./parse-body.ts";
import type { ParsedItem } from "./source-kind.ts";

const maxIdempotencyKeyLength = 255;

interface ReadRequest {
  request: FastifyRequest;
  opened: OpenBody;
  parsed: ParsedBody;
}

/** Commits the reports, and notes what became of the body. */
export async function submitAndNote(
  deps: Deps,
  { source, kind }: KnownSource,
  { request, opened, parsed: { items, bytes, eventId } }: ReadRequest,
): Promise<IngestResult[]> {
  const note = async (results: IngestResult[]) => {
    // An envelope whose signature is wrong is refused like a wrong key.
    if (opened.refused) return;
    const contentType = request.headers["content-type"] ?? null;
    const whole = withRequest(kind, request, bytes);
    await deps.received({
      ...{ sourceId: source.id, bytes: whole, contentType, results },
      unknownWords: unknownWords(items),
    });
  };
  try {
    const idempotency = idempotencyOf(request, { body: opened.body, eventId });
    const results = await submit(deps, items, { source, idempotency });
    await note(results);
    return results;
  } catch (fault) {
    // Its Idempotency-Key is wrong, its reports need not be.
    if (fault instanceof Problem && fault.status < 500)
      await note(items.map((_, index) => refusedFor(index, fault)));
    throw fault;
  }
}

function refusedFor(index: number, { message, options }: Problem): IngestResult {
  const { field = "request", expected = message } = options.errors?.[0] ?? {};
  return { index, outcome: "invalid", field, expected };
}

/** Commits the reports that were understood. Returns one result per report. */
export async function submit(
  deps: Pick<Deps, "intake">,
  items: ParsedItem[],
  { source, idempotency }: Pick<IngestRequest, "source" | "idempotency">,
): Promise<IngestResult[]> {
  const reports: Report[] = items.flatMap((item) => (item.ok ? [item.report] : []));
  const outcome: RequestOutcome =
    reports.length === 0
      ? { kind: "taken", results: [] }
      : await deps.intake.submit({ source, reports, idempotency });
  if (outcome.kind === "other-body") {
    const detail =
      "This Idempotency-Key came with another body within the last 24 hours. Use a new key for each body.";
    throw problem(422, detail, {
      errors: [{ field: "Idempotency-Key", detail, expected: "another one for another body" }],
    });
  }
  return toResults(items, outcome);
}

const keptWords = 20;
const longestWord = 100;

/** Words for severities that Tocsin doesn't know, in the reports of one body. */
function unknownWords(items: readonly ParsedItem[]): string[] {
  const warnings = items.flatMap((item) => (item.ok ? (item.warnings ?? []) : []));
  const words = warnings.flatMap(({ unknownSeverity }) => unknownSeverity?.slice(0, longestWord) ?? []);
  return [...new Set(words)].slice(0, keptWords);
}

/** What tells a repeat: the Idempotency-Key, else the tool's own id together with the body. */
function idempotencyOf(
  request: FastifyRequest,
  { body, eventId }: { body: Buffer; eventId: string | null },
): IngestRequest["idempotency"] {
  const bodyHash = createHash("sha256").update(body).digest();
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key === "") {
    // Another body with the same id is another report: refusing it could lose an alert.
    const id = eventId && createHash("sha256").update(`${eventId}\n`).update(bodyHash).digest("hex");
    return id ? { key: `event:${id}`, bodyHash } : null;
  }
  if (key.length > maxIdempotencyKeyLength) {
    const detail = `The Idempotency-Key is too long. Use at most ${maxIdempotencyKeyLength} characters.`;
    const expected = `at most ${maxIdempotencyKeyLength} characters`;
    throw problem(400, detail, { errors: [{ field: "Idempotency-Key", detail, expected }] });
  }
  return { key, bodyHash };
}

/** One result per report, in order: the outcome, or what is wrong with an invalid report. */
function toResults(
  items: ParsedItem[],
  request: Exclude<RequestOutcome, { kind: "other-body" }>,
): IngestResult[] {
  const results = request.results.values();
  return items.map((item, index) => {
    if (!item.ok) {
      const { field, expected, ignored } = item;
      return { index, outcome: ignored ? "ignored" : "invalid", field, expected };
    }
    const result: ReportOutcome = results.next().value ?? { outcome: "ignored" };
    const outcome = request.kind === "repeat" && result.outcome !== "ignored" ? "duplicate" : result.outcome;
    const warnings = item.warnings?.map(({ field, expected }) => ({ field, expected }));
    return { ...result, index, outcome, ...(warnings && { warnings }) };
  });
}
