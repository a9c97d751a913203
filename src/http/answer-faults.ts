import type { FastifyError, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { databaseAnswers } from "../db/database-answers.ts";
import { audit } from "../people/audit.ts";
import type { App, Deps } from "../api/deps.ts";
import { Problem, problem } from "./problem.ts";
import { sendProblem } from "./answers/send-problem.ts";
import { validationErrors } from "./answers/validation-errors.ts";

/** Answers every error, and every address that doesn't exist, with problem details (RFC 9457). */
export function answerFaults(app: App, deps: Deps): void {
  app.setErrorHandler(async (fault: FastifyError, request, reply) => {
    const found = await toProblem(fault, request, deps);
    if (found.status === 401 || found.status === 403) await auditRefused(found, request, deps);
    return sendProblem(reply, found);
  });
}

async function toProblem(fault: FastifyError, request: FastifyRequest, deps: Deps): Promise<Problem> {
  if (fault instanceof Problem) return fault;
  if (hasZodFastifySchemaValidationErrors(fault)) {
    const errors = validationErrors(fault.validation);
    const fields = errors.map(({ field, detail }) => `${field}: ${detail}`).join("; ");
    return problem(400, `The request is not as it should be. ${fields}`, { errors });
  }
  if (fault.statusCode && fault.statusCode < 500) return problem(fault.statusCode, wordsFor(fault));
  request.log.error({ err: fault }, "a request failed");
  if (await databaseAnswers(deps.db)) {
    return problem(500, `Something went wrong in Tocsin. Its log has more under the id ${request.id}.`);
  }
  return problem(503, "The database is away. Try again in a few seconds.", { retryAfter: 5 });
}

function wordsFor(fault: FastifyError): string {
  if (fault.statusCode === 413) return "The body is larger than 1 MiB.";
  if (fault.statusCode === 415) return "Send the body as application/json.";
  return fault.message;
}

/** An attempt that was refused to somebody known; strangers are in the log only, lest they fill the table. */
async function auditRefused(found: Problem, request: FastifyRequest, { db }: Deps): Promise<void> {
  const { principal } = request;
  if (!principal?.actor.id) return;
  const { method, routeOptions, params } = request;
  const id = typeof params === "object" && params && "id" in params ? String(params.id) : null;
  await audit(db.kysely, principal, {
    action: `${method} ${routeOptions.url}`,
    outcome: "refused",
    ...(id && { target: { type: "address", id } }),
    data: { why: found.message },
  });
}
