import { createHash } from "node:crypto";
import type { FastifyError, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Report } from "../alert/report.ts";
import type { App, Deps } from "../api/deps.ts";
import { type Problem, problem } from "../api/problem.ts";
import { openRateLimits, overLimit, type Rate, type RateLimits } from "../api/rate-limits.ts";
import { requires } from "../api/requires.ts";
import type { ReportOutcome } from "../dedup/incoming.ts";
import { networkOf } from "../people/sign-in-tries.ts";
import { decodeBody, decodedTooLarge, isGzip } from "./body/decode-body.ts";
import { type IngestResult, ingestAnswer } from "./contract.ts";
import { limits } from "./cut-to-limits.ts";
import { serialQueue } from "./group-commit.ts";
import type { IngestRequest, RequestOutcome } from "./ingest-request.ts";
import { markBadBytes, readBody } from "./read-body.ts";
import { type AuthenticatedSource, type FindSource, sourceFinder } from "./source-keys.ts";
import type { ParsedItem, SourceKind } from "./source-kind.ts";
import { findSourceKind, parseReports } from "./source-kinds.ts";
import { atOnce, inTurns, type Steps } from "./steps.ts";

const ingestPath = "/api/v1/ingest/:source";
const maxIdempotencyKeyLength = 255;
/** Larger and encoded bodies take time and memory to parse: they are parsed one by one, when the intake has room. */
const largeBodyBytes = 16 * 1024;
/** A key can't be guessed; this keeps a tool with an old key from asking all day. */
const wrongKeyRate: Rate = { perSecond: 1, burst: 60 };

declare module "fastify" {
  interface FastifyRequest {
    /** Whose key the request has; null outside of the ingest route. */
    knownSource: KnownSource | null;
  }
}

/** The ingest endpoint (docs/behaviour.md#2-ingest). Looks at key and rate before the body, answers after the commit. */
export function ingestRoutes(app: App, deps: Deps): void {
  const inTurn = serialQueue();
  const rates = openRateLimits();
  const admit = doorkeeper(deps, rates);
  app.register(async (scope) => {
    scope.decorateRequest("knownSource", null);
    // Many tools send JSON under another content type, so it is ignored.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, async (_: unknown, body: Buffer) => body);
    scope.setErrorHandler((fault: FastifyError, { knownSource }) => {
      throw fault.code === "FST_ERR_CTP_BODY_TOO_LARGE" && knownSource
        ? tooLarge(knownSource, "1 MiB")
        : fault;
    });
    scope.get(
      ingestPath,
      {
        ...requires("anyone"),
        schema: { hide: true },
      },
      async (_, reply) => {
        reply.header("allow", "POST");
        throw problem(405, "Reports are sent with POST. Send the request again with that method.");
      },
    );
    scope.post<{ Params: { source: string } }>(
      ingestPath,
      {
        ...requires("anyone", { unaudited: "Reports are in the history of their alerts." }),
        bodyLimit: limits.bodyBytes,
        onRequest: async (request) => {
          request.knownSource = await admit(request);
          // Fastify would refuse a type that is none.
          if (!request.mediaType) delete request.headers["content-type"];
        },
        schema: {
          tags: ["Ingest"],
          summary: "Send reports, authenticated with a key of the source",
          response: { 200: z.literal("ok"), 202: ingestAnswer },
        },
      },
      async (request, reply) => {
        const known = request.knownSource;
        if (!known) throw wrongKey;
        const { source, kind } = known;
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const encoding = request.headers["content-encoding"] ?? (isGzip(raw) ? "gzip" : undefined);
        const parseWhenRoom = () => deps.intake.hasRoom().then(() => decodeAndParse(known, raw, encoding));
        const isQuick = raw.length <= largeBodyBytes && !encoding;
        const items = isQuick ? atOnce(parseBody(known, raw)) : await inTurn(parseWhenRoom);
        rates.take(source.id, source.rateLimit, deps.clock(), items.length - 1);
        const results = await submit(deps, items, { source, idempotency: idempotencyOf(request, raw) });
        if (results.every((result) => result.outcome === "invalid")) throw nothingUnderstood(results);
        deps.received(source.id);
        // What the schemas say is made here, so they only describe it.
        if (kind.answer) return reply.code(200).type("text/plain").serializer(String).send(kind.answer);
        return reply.code(202).type("application/json").serializer(JSON.stringify).send({ results });
      },
    );
  });
}

interface KnownSource {
  source: AuthenticatedSource;
  kind: SourceKind;
}

const wrongKey = problem(401, "Unknown source or wrong key. Check the address and the key of the source.");

/** Finds the source of a request and counts the request. Throws a 401 for a wrong key, a 429 over a limit. */
function doorkeeper(
  { db, clock }: Deps,
  rates: RateLimits,
): (request: FastifyRequest) => Promise<KnownSource> {
  const findSource = sourceFinder(db, clock);
  const wrongKeys = openRateLimits();
  return async (request) => {
    const known = await authenticate(request, findSource);
    const now = clock();
    if (!known) {
      const network = networkOf(request.ip);
      const wait = wrongKeys.wait(network, wrongKeyRate, now);
      if (wait > 0) throw overLimit("Too many requests with a wrong key came from here.", wrongKeyRate, wait);
      wrongKeys.take(network, wrongKeyRate, now);
      throw wrongKey;
    }
    const { id, rateLimit } = known.source;
    const wait = rates.wait(id, rateLimit, now);
    if (wait > 0) {
      const limit = `${rateLimit.perSecond} a second, ${rateLimit.burst} at once`;
      throw overLimit(`This source is over its limit of reports (${limit}).`, rateLimit, wait);
    }
    rates.take(id, rateLimit, now);
    return known;
  };
}

/** Finds the source by its key, from a header, or from the query if its kind allows it; null for any wrong key. */
async function authenticate(request: FastifyRequest, findSource: FindSource): Promise<KnownSource | null> {
  const { source: id } = request.params as { source: string };
  const header = request.headers["x-api-key"];
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
  const inHeader = typeof header === "string" ? header : bearer;
  const { key: inQuery } = request.query as { key?: unknown };
  const key = inHeader ?? (typeof inQuery === "string" ? inQuery : undefined);
  const source = key === undefined ? null : await findSource(id, key);
  const kind = source ? findSourceKind(source.kind) : undefined;
  if (!source || (inHeader === undefined && !kind?.keyInQuery)) return null;
  // A newer version wrote it to this database; such a node may take the tool's next try.
  if (!kind) {
    const detail = `This version of Tocsin can't read reports of the kind "${source.kind}". Update it.`;
    throw problem(503, detail, { retryAfter: 60 });
  }
  return { source, kind };
}

async function decodeAndParse(known: KnownSource, raw: Buffer, encoding = ""): Promise<ParsedItem[]> {
  const decoded = await decodeBody(raw, encoding);
  if (decoded === decodedTooLarge) throw tooLarge(known, "10 MiB when it is decoded");
  return Buffer.isBuffer(decoded) ? inTurns(parseBody(known, decoded)) : [decoded];
}

function* parseBody({ source, kind }: KnownSource, bytes: Buffer): Steps<ParsedItem[]> {
  const read = yield* readBody(kind, bytes);
  if (!read.ok) return [read];
  const items = yield* parseReports(kind, read.body, source);
  return read.badBytes ? yield* markBadBytes(items, read.badBytes) : items;
}

function tooLarge({ kind: { label, sizeSetting } }: KnownSource, limit: string): Problem {
  const detail = `The body is larger than ${limit}.`;
  return problem(
    413,
    sizeSetting ? `${detail} Set ${sizeSetting} of ${label} to send fewer alerts at once.` : detail,
  );
}

async function submit(
  deps: Deps,
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
    throw problem(422, detail, { errors: [{ field: "Idempotency-Key", detail }] });
  }
  return toResults(items, outcome);
}

function idempotencyOf(request: FastifyRequest, raw: Buffer): IngestRequest["idempotency"] {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key === "") return null;
  if (key.length > maxIdempotencyKeyLength) {
    const detail = `The Idempotency-Key is too long. Use at most ${maxIdempotencyKeyLength} characters.`;
    throw problem(400, detail, { errors: [{ field: "Idempotency-Key", detail }] });
  }
  return { key, bodyHash: createHash("sha256").update(raw).digest() };
}

/** One result per report, in order: the outcome, or what is wrong with an invalid report. */
function toResults(
  items: ParsedItem[],
  request: Exclude<RequestOutcome, { kind: "other-body" }>,
): IngestResult[] {
  const results = request.results.values();
  return items.map((item, index) => {
    if (!item.ok) return { index, outcome: "invalid", field: item.field, expected: item.expected };
    const result: ReportOutcome = results.next().value ?? { outcome: "ignored" };
    const outcome = request.kind === "repeat" && result.outcome !== "ignored" ? "duplicate" : result.outcome;
    const warnings = item.warnings?.map(({ field, expected }) => ({ field, expected }));
    return { ...result, index, outcome, ...(warnings && { warnings }) };
  });
}

function nothingUnderstood(results: IngestResult[]) {
  const errors = results.map(({ index, field = "report", expected }) => ({
    field: results.length > 1 ? `${index}.${field}` : field,
    detail: `Report ${index} was not understood: ${field} should be ${expected}.`,
    ...(expected !== undefined && { expected }),
  }));
  const [first] = errors;
  return problem(400, first?.detail ?? "The body contains no report. Send at least one.", {
    errors,
    more: { results },
  });
}
