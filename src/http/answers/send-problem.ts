import type { FastifyReply } from "fastify";
import { type Problem, problemBodyOf } from "../problem.ts";

/** Sends a problem; the media type tells programs that the body is one. */
export function sendProblem(reply: FastifyReply, found: Problem): FastifyReply {
  if (found.options.retryAfter !== undefined) reply.header("retry-after", found.options.retryAfter);
  if (found.status === 401) reply.header("www-authenticate", "Bearer");
  // Serialized here, since a route's schemas know only its successes.
  const body = JSON.stringify(problemBodyOf(found));
  return reply.code(found.status).type("application/problem+json").serializer(String).send(body);
}
