import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { isRefusal, type Refusal } from "../alert/refusal.ts";

/** RFC 9457 problem details, with the invalid fields. */
export const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z
      .array(z.object({ field: z.string(), detail: z.string(), expected: z.string().optional() }))
      .optional(),
  })
  .meta({ id: "Problem" });
export type ProblemBody = z.infer<typeof problemBody>;

interface ProblemOptions {
  errors?: ProblemBody["errors"];
  /** Seconds until a retry makes sense, for 429 and 503. */
  retryAfter?: number;
  /** What a 429's caller may send at once. */
  limit?: number;
  /** What programs recognise the problem by, if its status is not enough. */
  type?: string;
  /** Extension members (RFC 9457 section 3.2), such as the current state after a conflict. */
  more?: Record<string, unknown>;
}

/** An error response. Any code below a route can throw it; `http/answer-faults.ts` sends it. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly options: ProblemOptions;

  constructor(status: number, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.status = status;
    this.options = options;
  }
}

/** Creates a Problem to throw. `detail` says what happened and what to do. */
export function problem(status: number, detail: string, options?: ProblemOptions): Problem {
  return new Problem(status, detail, options);
}

/** The RFC 9457 body of a problem. `type` is about:blank where the status is the kind. */
export function problemBodyOf({ status, message, options }: Problem): ProblemBody {
  const { errors, more, type = "about:blank" } = options;
  const title = STATUS_CODES[status] ?? "Error";
  return { ...more, type, title, status, detail: message, ...(errors && { errors }) };
}

const statusOf = { not_found: 404, invalid: 400, conflict: 409, forbidden: 403 } as const;

/** The Problem for a refusal. */
export function refusalProblem({ refused, why, field, fields }: Refusal): Problem {
  const at = fields ?? (field ? [{ field, why }] : []);
  const errors = at.map((one) => ({ field: one.field, detail: one.why }));
  return problem(statusOf[refused], why, errors.length > 0 ? { errors } : {});
}

/** Returns the result, or throws the Problem for a refusal. */
export function orRefuse<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw refusalProblem(result);
  return result;
}
