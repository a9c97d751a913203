import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Report } from "../alert/report.ts";
import type { App, Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import type { Taken } from "../dedup/incoming.ts";
import type { IngestResult } from "./contract.ts";
import { turns } from "./group-commit.ts";
import type { IngestRequest, RequestTaken } from "./intake.ts";
import { readBody } from "./read-body.ts";
import { type FindSource, type KnownSource, sourceFinder } from "./source-keys.ts";
import type { ParsedItem } from "./source-kind.ts";
import { parseReports } from "./source-kinds.ts";

const longestIdempotencyKey = 255;
/** Many reports take long to read and much room: a storm of such requests is read one by one, as they are needed. */
const longBytes = 16 * 1024;

/** Where tools send what they have seen. The answer comes when it is on disk. */
export function ingestRoutes(app: App, deps: Deps): void {
  const findSource = sourceFinder(deps.db, deps.clock);
  const inTurn = turns();
  app.register(async (door) => {
    // Half of all tools send JSON under another name; the parsers look at the bytes.
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", { parseAs: "buffer" }, async (_: unknown, body: Buffer) => body);
    door.post<{ Params: { source: string } }>(
      "/api/v1/ingest/:source",
      {
        ...requires("anyone"),
        schema: { tags: ["Ingest"], summary: "Report alerts, with a key of the source" },
      },
      async (request, reply) => {
        const source = await authenticated(request, findSource);
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const readWhenNeeded = () => deps.intake.hasRoom().then(() => understand(source, raw));
        const items = raw.length > longBytes ? await inTurn(readWhenNeeded) : understand(source, raw);
        const results = await take(deps, items, { source, idempotency: idempotencyOf(request, raw) });
        if (results.every((result) => result.outcome === "invalid")) throw noneTaken(results);
        deps.received(source.id);
        // A tool that talks to a Slack webhook waits for Slack's own answer.
        if (source.kind === "slack-webhook") return reply.code(200).type("text/plain").send("ok");
        return reply.code(202).send({ results });
      },
    );
  });
}

/** The key from a header; from the query only for tools that can set none. One answer for every failure. */
async function authenticated(request: FastifyRequest, findSource: FindSource): Promise<KnownSource> {
  const { source: id } = request.params as { source: string };
  const header = request.headers["x-api-key"];
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
  const inHeader = typeof header === "string" ? header : bearer;
  const { key: inQuery } = request.query as { key?: unknown };
  const key = inHeader ?? (typeof inQuery === "string" ? inQuery : undefined);
  const source = key === undefined ? null : await findSource(id, key);
  if (!source || (inHeader === undefined && source.kind !== "slack-webhook")) {
    throw problem(401, "There is no such source, or this is not one of its keys.");
  }
  return source;
}

function understand(source: KnownSource, raw: Buffer): ParsedItem[] {
  const read = readBody(source.kind, raw);
  return read.ok ? parseReports(source.kind, read.body, source) : [read];
}

async function take(
  deps: Deps,
  items: ParsedItem[],
  { source, idempotency }: Pick<IngestRequest, "source" | "idempotency">,
): Promise<IngestResult[]> {
  const reports: Report[] = items.flatMap((item) => (item.ok ? [item.report] : []));
  const taken: RequestTaken =
    reports.length === 0
      ? { kind: "taken", results: [] }
      : await deps.intake.submit({ source, reports, idempotency });
  if (taken.kind === "other-body") {
    const detail = "This Idempotency-Key came with another body within the last 24 hours.";
    throw problem(422, detail, { errors: [{ field: "Idempotency-Key", detail }] });
  }
  deps.wake("openings");
  return answer(items, taken);
}

function idempotencyOf(request: FastifyRequest, raw: Buffer): IngestRequest["idempotency"] {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key === "") return null;
  if (key.length > longestIdempotencyKey) {
    const detail = `An Idempotency-Key has at most ${longestIdempotencyKey} characters.`;
    throw problem(400, detail, { errors: [{ field: "Idempotency-Key", detail }] });
  }
  return { key, bodyHash: createHash("sha256").update(raw).digest() };
}

/** Results in the order of the reports: what was understood has been taken, the rest says what is wrong. */
function answer(items: ParsedItem[], taken: Exclude<RequestTaken, { kind: "other-body" }>): IngestResult[] {
  const results = taken.results.values();
  return items.map((item, index) => {
    if (!item.ok) return { index, outcome: "invalid", field: item.field, expected: item.expected };
    const result: Taken = results.next().value ?? { outcome: "ignored" };
    const outcome = taken.kind === "repeat" && result.outcome !== "ignored" ? "duplicate" : result.outcome;
    return { ...result, index, outcome };
  });
}

function noneTaken(results: IngestResult[]) {
  const errors = results.map(({ index, field = "report", expected }) => ({
    field: results.length > 1 ? `${index}.${field}` : field,
    detail: `Report ${index} was not understood: ${field} should be ${expected}.`,
    ...(expected !== undefined && { expected }),
  }));
  const [first] = errors;
  return problem(400, first?.detail ?? "There is no report in this.", { errors, more: { results } });
}
