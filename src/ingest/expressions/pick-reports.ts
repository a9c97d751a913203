import type { Expressions } from "../../alert/expressions.ts";
import type { Answer, BadExpression, Death, Job, PickedField } from "./evaluation.ts";
import type { End } from "./evaluator.ts";

/** What became of one report: JSON of a `Picked`, or why its expressions were ended. */
export type PickedReport = { kind: "picked"; json: string } | { kind: "ended"; of: Death };

/** What the expressions made of a body. */
export type PickedBody =
  | { kind: "reports"; reports: PickedReport[] }
  /** The expression `reports` failed. */
  | { kind: "no-reports"; field: PickedField }
  | { kind: "bad"; bad: BadExpression[] };

export interface BodyToPick {
  expressions: Expressions;
  /** JSON text. */
  body: string;
  /** JSON text of the list of reports in it, if the kind of the source has found them already. */
  reports: string | null;
  trace?: boolean;
}

export type Run = (job: Job, onAnswer: (answer: Answer) => void) => Promise<End>;

/** So many reports of a body may end the thread, which takes longer to start than to do its work. */
const mostEnded = 3;

/**
 * Picks from each report of a body. A report whose expressions end the thread is given up, and the others are picked in
 * a new thread. Which one it was is known for sure only if it was alone: answers may be lost with the thread.
 */
export async function pickReports(run: Run, { trace = false, ...given }: BodyToPick): Promise<PickedBody> {
  const reports: PickedReport[] = [];
  /** Unknown until the expression `reports` has been evaluated; until then the body counts as one report. */
  let count = 1;
  let ended = 0;
  let alone = false;
  for (;;) {
    let last: PickedBody | null = null;
    const from = reports.length;
    const end = await run({ ...given, trace, from, alone }, (answer) => {
      if (answer.kind === "counted") count = answer.reports;
      else if (answer.kind === "picked") reports.push(answer);
      else if (answer.kind === "bad" || answer.kind === "no-reports") last = answer;
    });
    if (last) return last;
    if (end !== "done" && alone && reports.length === from) {
      reports.push({ kind: "ended", of: end });
      ended++;
    }
    if (reports.length >= count) return { kind: "reports", reports };
    if (ended >= mostEnded || end === "budget") {
      const rest = Array.from({ length: count - reports.length }, () => givenUp);
      return { kind: "reports", reports: [...reports, ...rest] };
    }
    alone = end !== "done" && !alone;
  }
}

const givenUp: PickedReport = { kind: "ended", of: "budget" };
