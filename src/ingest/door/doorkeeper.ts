import type { FastifyRequest } from "fastify";
import type { Deps } from "../../api/deps.ts";
import { problem } from "../../api/problem.ts";
import { openRateLimits, overLimit, type Rate, type RateLimits } from "../../api/rate-limits.ts";
import { networkOf } from "../../people/sign-in-tries.ts";
import { type AuthenticatedSource, type FindSource, sourceFinder } from "../source-keys.ts";
import type { SourceKind } from "../source-kind.ts";
import { findSourceKind } from "../source-kinds.ts";
import type { SignedRequest } from "./signed-bodies.ts";
import { keySchemes } from "./tool-clients.ts";

/** A key can't be guessed; this keeps a tool with an old key from asking all day. */
const wrongKeyRate: Rate = { perSecond: 1, burst: 60 };

export interface KnownSource {
  source: AuthenticatedSource;
  kind: SourceKind;
}

export const wrongKey = problem(
  401,
  "Unknown source or wrong key. Check the address and the key of the source.",
);

export interface Doorkeeper {
  /** The source whose key is in the request. */
  admit(request: FastifyRequest): Promise<KnownSource>;
  /** The source that the signature of the body has proven; null if it has proven none. */
  admitSigned(request: FastifyRequest, proven: SignedRequest | null): KnownSource;
}

/** Counts the requests of a source. Throws a 401 for a wrong key or signature, a 429 over a limit. */
export function openDoorkeeper({ db, clock }: Pick<Deps, "db" | "clock">, rates: RateLimits): Doorkeeper {
  const findSource = sourceFinder(db, clock);
  const wrongKeys = openRateLimits();

  function count(request: FastifyRequest, known: KnownSource | null): KnownSource {
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
  }

  return {
    admit: async (request) => count(request, await authenticate(request, findSource)),
    admitSigned: (request, proven) => count(request, proven && withKind(proven.source)),
  };
}

const authorization = new RegExp(`^(?:${keySchemes.join("|")}) +(\\S+) *$`, "i");

/** The key in a header, else in the query. */
function keyIn({ headers, query }: FastifyRequest): { inHeader?: string; inQuery?: string } {
  const header = headers["x-api-key"];
  const [, authorized] = authorization.exec(headers.authorization ?? "") ?? [];
  const inHeader = typeof header === "string" ? header : authorized;
  const { key } = query as { key?: unknown };
  return { inHeader, ...(typeof key === "string" && { inQuery: key }) };
}

/** Whether the request brings a key, right or wrong. */
export function hasKey(request: FastifyRequest): boolean {
  const { inHeader, inQuery } = keyIn(request);
  return (inHeader ?? inQuery) !== undefined;
}

/** Finds the source by its key, from a header, or from the query if its kind allows it; null for any wrong key. */
async function authenticate(request: FastifyRequest, findSource: FindSource): Promise<KnownSource | null> {
  const { source: id } = request.params as { source: string };
  const { inHeader, inQuery } = keyIn(request);
  const key = inHeader ?? inQuery;
  const source = key === undefined ? null : await findSource(id, key);
  if (!source || (inHeader === undefined && !findSourceKind(source.kind)?.keyInQuery)) return null;
  return withKind(source);
}

function withKind(source: AuthenticatedSource): KnownSource {
  const kind = findSourceKind(source.kind);
  if (kind) return { source, kind };
  // A newer version wrote it to this database; such a node may take the tool's next try.
  const detail = `This version of Tocsin can't read reports of the kind "${source.kind}". Update it.`;
  throw problem(503, detail, { retryAfter: 60 });
}
