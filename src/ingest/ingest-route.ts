import { Readable } from "node:stream";
import type { FastifyError, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { type Problem, problem } from "../api/problem.ts";
import { openRateLimits, type RateLimits } from "../api/rate-limits.ts";
import { requires } from "../api/requires.ts";
import { openUnprovenBodies } from "../people/unproven-bodies.ts";
import { decodeBody, decodedTooLarge, isGzip } from "./body/decode-body.ts";
import { type IngestResult, ingestAnswer } from "./contract.ts";
import { limits } from "./cut-to-limits.ts";
import { openGetAnswers } from "./door/answer-get.ts";
import { hasKey, type KnownSource, openDoorkeeper, wrongKey } from "./door/doorkeeper.ts";
import { type OpenBody, openBody } from "./door/open-body.ts";
import { type SignedRequest, signedRequestFinder } from "./door/signed-bodies.ts";
import { addedPaths, readingRequest, refuseOtherPath } from "./door/tool-clients.ts";
import { serialQueue } from "./group-commit.ts";
import { type BodyRead, pickItems, readReports } from "./parse-body.ts";
import { openSigningKeys } from "./sns/signing-keys.ts";
import type { Outside } from "./source-kind.ts";
import { atOnce, inTurns } from "./steps.ts";
import { submitAndNote } from "./submit-reports.ts";

const ingestPath = "/api/v1/ingest/:source";
/** Larger and encoded bodies take time and memory to parse: they are parsed one by one, when the intake has room. */
const largeBodyBytes = 16 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    /** Whose key the request has; null outside of the ingest route, and until a signed body has proven it. */
    knownSource: KnownSource | null;
    /** What the signature of its body has to prove; null if the key is in the request. */
    signed: SignedRequest | null;
  }
}

/** The ingest endpoint (docs/behaviour.md#2-ingest). Looks at key and rate before the body, answers after the commit. */
export function ingestRoutes(app: App, deps: Deps): void {
  const rates = openRateLimits();
  const shared: Shared = {
    deps,
    rates,
    inTurn: serialQueue(),
    outside: { ...deps.outgoing, signingKeys: openSigningKeys() },
    admission: admission(deps, rates),
  };
  const answerGet = openGetAnswers(deps);
  for (const path of addedPaths) {
    app.register(async (scope) => {
      readAnyBody(scope);
      refuseGet(scope, path, answerGet);
      takeReports(scope, path, shared);
    });
  }
}

/** What the routes of all paths have in common. */
interface Shared {
  deps: Deps;
  rates: RateLimits;
  inTurn: ReturnType<typeof serialQueue>;
  outside: Outside;
  admission: ReturnType<typeof admission>;
}

type SourceRoute = { Params: { source: string } };

/** Many tools send JSON under another content type, so it is ignored. */
function readAnyBody(scope: App): void {
  scope.decorateRequest("knownSource", null);
  scope.decorateRequest("signed", null);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, async (_: unknown, body: Buffer) => body);
  scope.setErrorHandler((fault: FastifyError, { knownSource }) => {
    throw fault.code === "FST_ERR_CTP_BODY_TOO_LARGE" && knownSource ? tooLarge(knownSource, "1 MiB") : fault;
  });
}

function refuseGet(scope: App, path: string, answerGet: ReturnType<typeof openGetAnswers>): void {
  scope.get<SourceRoute>(
    ingestPath + path,
    {
      ...requires("anyone"),
      schema: { hide: true },
    },
    async (request, reply) => {
      const answer = await answerGet(request);
      if (answer) return reply.code(200).type("application/json").send(JSON.stringify(answer));
      reply.header("allow", "POST");
      throw problem(405, "Reports are sent with POST. Send the request again with that method.");
    },
  );
}

/** Hooks that find the source of a request by its key before the body is read, or by what the body proves. */
function admission(deps: Deps, rates: RateLimits) {
  const { admit, admitSigned } = openDoorkeeper(deps, rates);
  const findSigned = signedRequestFinder(deps.db, deps.outgoing.vault, deps.clock);
  const unproven = openUnprovenBodies();
  return {
    bodyLimit: limits.bodyBytes,
    onRequest: async (request: FastifyRequest<SourceRoute>) => {
      if (!hasKey(request)) request.signed = await findSigned(request.params.source, request.headers);
      if (!request.signed) request.knownSource = await admit(request);
      // Fastify would refuse a type that is none.
      if (!request.mediaType) delete request.headers["content-type"];
    },
    preParsing: async (request: FastifyRequest, _: unknown, payload: Readable) => {
      const { signed } = request;
      if (!signed) return payload;
      const allowed = {
        limit: limits.bodyBytes,
        tooLarge: problem(413, "The body is larger than 1 MiB."),
      };
      const pieces = await unproven.read(request, payload, allowed);
      request.knownSource = admitSigned(request, (await signed.proves(pieces)) ? signed : null);
      return Readable.from(pieces, { objectMode: false });
    },
  };
}

function takeReports(scope: App, path: string, { deps, rates, inTurn, outside, admission }: Shared): void {
  scope.post<SourceRoute>(
    ingestPath + path,
    {
      ...requires("anyone", { unaudited: "Reports are in the history of their alerts." }),
      ...admission,
      schema: {
        tags: ["Ingest"],
        summary: "Send reports, authenticated with a key of the source",
        response: { 200: z.literal("ok"), 202: ingestAnswer },
        // Clients of other desks know their own paths.
        hide: path !== "",
      },
    },
    async (request, reply) => {
      const known = request.knownSource;
      if (!known) throw wrongKey;
      const { source, kind } = known;
      refuseOtherPath(kind, path);
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const opened = await openBody(kind, raw, outside);
      const asked = { source, kind: readingRequest(kind, request) };
      const encoded = request.headers["content-encoding"] ?? (isGzip(opened.body) ? "gzip" : undefined);
      const encoding = opened.isEnvelope ? undefined : encoded;
      const readWhenRoom = () => deps.intake.hasRoom().then(() => decodeAndRead(asked, opened, encoding));
      const isQuick = raw.length <= largeBodyBytes && !encoding;
      const read = isQuick ? atOnce(readReports(asked, opened)) : await inTurn(readWhenRoom);
      const parsed = await pickItems(deps.expressions, asked, read);
      const { items, body } = parsed;
      rates.take(source.id, source.rateLimit, deps.clock(), items.length - 1);
      const results = await submitAndNote(deps, known, { request, opened, parsed });
      const isRefused = results.every((result) => result.outcome === "invalid");
      if (typeof kind.answer === "function") {
        const answer = kind.answer(results, body);
        return reply
          .code(answer.status)
          .type("application/json")
          .serializer(JSON.stringify)
          .send(answer.body);
      }
      if (isRefused) throw nothingUnderstood(results);
      // What the schemas say is made here, so they only describe it.
      if (kind.answer) return reply.code(200).type("text/plain").serializer(String).send(kind.answer);
      return reply.code(202).type("application/json").serializer(JSON.stringify).send({ results });
    },
  );
}

async function decodeAndRead(known: KnownSource, opened: OpenBody, encoding = ""): Promise<BodyRead> {
  const decoded = await decodeBody(opened.body, encoding);
  if (decoded === decodedTooLarge) throw tooLarge(known, "10 MiB when it is decoded");
  if (!Buffer.isBuffer(decoded)) return { items: [decoded], bytes: opened.body, eventId: null };
  return inTurns(readReports(known, { ...opened, body: decoded }));
}

function tooLarge({ kind: { label, sizeSetting } }: KnownSource, limit: string): Problem {
  const detail = `The body is larger than ${limit}.`;
  return problem(
    413,
    sizeSetting ? `${detail} Set ${sizeSetting} of ${label} to send fewer alerts at once.` : detail,
  );
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
