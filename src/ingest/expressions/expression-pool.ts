import { problem } from "../../api/problem.ts";
import type { ExpressionPool } from "../ingest-request.ts";
import { NoEvaluator, openEvaluator } from "./evaluator.ts";
import { type BodyToPick, type PickedBody, pickReports } from "./pick-reports.ts";

/** Two, so that a source whose expressions run away doesn't hold up the others. */
const evaluatorCount = 2;
/** Of one source. */
const mostWaiting = { bodies: 200, characters: 16 * 1024 * 1024 };

interface Waiting {
  sourceId: string;
  body: BodyToPick;
  resolve: (picked: Promise<PickedBody>) => void;
}

/** Bodies of one source are evaluated one after the other, those of several sources in the order of their arrival. */
export function openExpressionPool(open = openEvaluator): ExpressionPool {
  const free = Array.from({ length: evaluatorCount }, () => open());
  const all = [...free];
  const busy = new Set<string>();
  const waiting: Waiting[] = [];

  function next(): void {
    const at = waiting.findIndex(({ sourceId }) => !busy.has(sourceId));
    const evaluator = at < 0 ? undefined : free.shift();
    if (!evaluator) return;
    for (const { sourceId, body, resolve } of waiting.splice(at, 1)) {
      busy.add(sourceId);
      const picked = pickReports(evaluator.run, body)
        .catch(answerNoEvaluator)
        .finally(() => {
          busy.delete(sourceId);
          // At the front: one process is enough until two sources send at once.
          free.unshift(evaluator);
          next();
        });
      resolve(picked);
    }
  }

  return {
    async pick(sourceId, body) {
      refuseTooMany(waiting.filter((one) => one.sourceId === sourceId));
      return new Promise((resolve) => {
        waiting.push({ sourceId, body, resolve });
        next();
      });
    },
    close() {
      for (const evaluator of all) evaluator.close();
    },
  };
}

/** Nothing is wrong with the body, so its tool should send it again. */
function answerNoEvaluator(fault: unknown): never {
  if (!(fault instanceof NoEvaluator)) throw fault;
  const detail = "Tocsin can't start the process that evaluates this source's expressions.";
  throw problem(503, `${detail} Send the reports again in 10 s.`, { retryAfter: 10 });
}

function refuseTooMany(waiting: Waiting[]): void {
  const characters = waiting.reduce((sum, { body }) => sum + body.body.length, 0);
  if (waiting.length < mostWaiting.bodies && characters < mostWaiting.characters) return;
  const detail = `${waiting.length} bodies of this source wait for its expressions, which are too slow.`;
  throw problem(429, `${detail} Try again in 5 s, and make the expressions simpler.`, { retryAfter: 5 });
}
