import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  type ZodFastifySchemaValidationError,
} from "fastify-type-provider-zod";
import { z } from "zod";
import type { App, Deps } from "../api/deps.ts";
import { Problem, type ProblemBody, problem, problemBodyOf } from "../api/problem.ts";
import { isDataException } from "../db/fault.ts";
import { findTrouble, whyUnavailable } from "../db/unavailable.ts";
import { auditRefusedCall } from "./refused-call.ts";

/** Answers every error with problem details (RFC 9457). Refusals of known callers are added to the audit log. */
export function handleErrors(app: App, deps: Deps): void {
  app.setErrorHandler(async (fault: FastifyError, request, reply) => {
    const found = request.refusal ?? (await toProblem(fault, request, deps));
    return sendProblem(reply, (await auditProblem(found, request, deps)) ?? found);
  });
}

/** Adds a refusal to the audit log; returns the problem if that fails. */
async function auditProblem(found: Problem, request: FastifyRequest, deps: Deps): Promise<Problem | null> {
  if (found.status !== 401 && found.status !== 403) return null;
  return auditRefusedCall(found, request, deps).then(
    () => null,
    (fault: unknown) => toFailure(fault, request, deps),
  );
}

async function toProblem(fault: FastifyError, request: FastifyRequest, deps: Deps): Promise<Problem> {
  if (fault instanceof Problem) return fault;
  if (hasZodFastifySchemaValidationErrors(fault)) {
    const errors = validationErrors(fault.validation);
    const fields = errors.map(({ field, detail }) => `${field}: ${detail}`).join("; ");
    return problem(400, `The request is invalid. ${fields}`, { errors });
  }
  if (fault.statusCode && fault.statusCode < 500) return problem(fault.statusCode, detailOf(fault));
  if (isDataException(fault)) {
    request.log.error({ err: fault }, "the database refused a value");
    return problem(400, "The request has a value that can't be stored: out of range, or not of its type.");
  }
  return toFailure(fault, request, deps);
}

/** The problem of what nobody expected, or of a database that takes no work now. */
async function toFailure(fault: unknown, request: FastifyRequest, { db }: Deps): Promise<Problem> {
  request.log.error({ err: fault }, "a request failed");
  // A lost connection is an error of the driver, which could be one of anything else.
  const trouble = whyUnavailable(fault) ?? (await findTrouble(db));
  if (!trouble)
    return problem(500, `An internal error occurred. Tocsin's log has details under the id ${request.id}.`);
  const { why, retryAfter } = trouble;
  return problem(503, `${why} Try again in ${retryAfter} seconds.`, { retryAfter });
}

function detailOf(fault: FastifyError): string {
  if (fault.statusCode === 413) return "The body is larger than 1 MiB.";
  if (fault.statusCode === 415) return "Send the body as application/json.";
  return fault.message;
}

/** Sends a problem with its media type and headers. */
export function sendProblem(reply: FastifyReply, found: Problem): FastifyReply {
  if (found.options.retryAfter !== undefined) reply.header("retry-after", found.options.retryAfter);
  const { limit, retryAfter = 0 } = found.options;
  if (limit !== undefined) {
    reply.headers({ "ratelimit-limit": limit, "ratelimit-remaining": 0, "ratelimit-reset": retryAfter });
  }
  // The rest of the body is not read.
  if (found.status === 408 || found.status === 413 || !reply.request.raw.complete)
    reply.header("connection", "close");
  if (found.status === 401) reply.header("www-authenticate", "Bearer");
  // Serialised here, since a route's schemas only describe its successful answers.
  const body = JSON.stringify(problemBodyOf(found));
  return reply.code(found.status).type("application/problem+json").serializer(String).send(body);
}

type FieldErrors = NonNullable<ProblemBody["errors"]>;

/** The fields of zod's issues that say what was expected. */
const params = z.object({
  expected: z.string().optional().catch(undefined),
  values: z.array(z.unknown()).optional().catch(undefined),
  format: z.string().optional().catch(undefined),
  keys: z.array(z.string()).optional().catch(undefined),
  minimum: z.number().optional().catch(undefined),
  maximum: z.number().optional().catch(undefined),
});

/** One error per invalid field (`to.0.email` in lists), with what is expected if known. */
function validationErrors(issues: ZodFastifySchemaValidationError[]): FieldErrors {
  return issues.flatMap(({ instancePath, message = "is not valid", params: raw }) => {
    const field = instancePath.slice(1).replaceAll("/", ".");
    const about = params.parse(raw);
    if (about.keys) return about.keys.map((key) => unknownField(field, key));
    const expected = expectation(about);
    return [{ field: field || "body", detail: message, ...(expected && { expected }) }];
  });
}

function unknownField(parent: string, key: string): FieldErrors[number] {
  return { field: parent ? `${parent}.${key}` : key, detail: "This field does not exist." };
}

function expectation({ values, expected, format, minimum, maximum }: z.infer<typeof params>) {
  if (values) return values.join(", ");
  // The message says in words what a regular expression expects.
  if (format) return format === "regex" ? undefined : format;
  if (minimum !== undefined) return `at least ${minimum}`;
  if (maximum !== undefined) return `at most ${maximum}`;
  return expected;
}
