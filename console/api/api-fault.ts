import type { AlertBody } from "../../src/triage/contract.ts";
import type { ProblemBody } from "../../src/api/problem.ts";

/** A conflict's problem carries the alert as the first person left it. */
export type Problem = Pick<ProblemBody, "title" | "detail" | "status" | "errors"> & { alert?: AlertBody };

/** What the API answered when it did not do as asked; `problem.detail` is for people to read. */
export class ApiFault extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail, { cause });
    this.name = "ApiFault";
    this.problem = problem;
  }
}
