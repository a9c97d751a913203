import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { isRefusal, type Refusal } from "../alert/refusal.ts";

/** RFC 9457 problem details, with the field at fault where there is one. */
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
  /** Seconds until another try makes sense, for 429 and 503. */
  retryAfter?: number;
  /** More members of the body (RFC 9457 section 3.2), as the present state after a conflict. */
  more?: Record<string, unknown>;
}

/** An answer other than success. Thrown anywhere below a route; `answers/answer-faults.ts` sends it. */
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

/** A problem with the words that its reader needs; throw it. */
export function problem(status: number, detail: string, options?: ProblemOptions): Problem {
  return new Problem(status, detail, options);
}

/** The RFC 9457 body of a problem; `type` is about:blank, as the status says what kind it is. */
export function problemBodyOf({ status, message, options: { errors, more } }: Problem): ProblemBody {
  const title = STATUS_CODES[status] ?? "Error";
  return { ...more, type: "about:blank", title, status, detail: message, ...(errors && { errors }) };
}

const statusOf = { not_found: 404, invalid: 400, conflict: 409, forbidden: 403 } as const;

/** The problem that tells a refusal. */
export function refuse({ refused, why, field }: Refusal): Problem {
  return problem(statusOf[refused], why, field ? { errors: [{ field, detail: why }] } : {});
}

/** Gives back what was done; a refusal becomes the answer instead. */
export function orRefuse<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw refuse(result);
  return result;
}
