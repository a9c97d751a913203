import type { FastifyRequest } from "fastify";
import { readSessionCookie } from "../../../api/session-cookie.ts";
import type { Deps } from "../../../api/deps.ts";
import { problem } from "../../problem.ts";

/** The secret of the session that asks; an API token has none. */
export function sessionOf(request: FastifyRequest, { config }: Pick<Deps, "config">): string {
  const secret = readSessionCookie(request, config);
  if (request.principal.userId && secret) return secret;
  throw problem(403, "Installing by OAuth begins and ends in one browser: sign in to the Console for it.");
}
