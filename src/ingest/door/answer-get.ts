import type { FastifyRequest } from "fastify";
import type { Deps } from "../../api/deps.ts";
import { openRateLimits, overLimit, type Rate } from "../../api/rate-limits.ts";
import { networkOf } from "../../people/sign-in-tries.ts";
import { readSource } from "../source-keys.ts";
import { sourceKinds } from "../source-kinds.ts";

/** A tool checks an address once; each check looks into the database. */
const checkRate: Rate = { perSecond: 1, burst: 60 };

/**
 * Answers the `GET` by which a tool checks the address of its source once. The answer only repeats what the tool sent,
 * so no key is needed. Null for any other `GET`, which costs nothing.
 */
export function openGetAnswers({
  db,
  clock,
}: Pick<Deps, "db" | "clock">): (
  request: FastifyRequest<{ Params: { source: string } }>,
) => Promise<object | null> {
  const checks = openRateLimits();
  return async ({ headers, ip, params }) => {
    const answers = sourceKinds.flatMap(({ kind, answerGet }) => {
      const answer = answerGet?.(headers);
      return answer ? [{ kind, answer }] : [];
    });
    if (answers.length === 0) return null;
    const now = clock();
    const network = networkOf(ip);
    const wait = checks.wait(network, checkRate, now);
    if (wait > 0) throw overLimit("Too many checks of an address came from here.", checkRate, wait);
    checks.take(network, checkRate, now);
    const found = await readSource(db, params.source, now);
    return answers.find(({ kind }) => kind === found?.source.kind)?.answer ?? null;
  };
}
