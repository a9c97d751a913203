import type { FastifyRequest } from "fastify";
import type { Deps } from "../../api/deps.ts";
import { problem } from "../problem.ts";
import { fromOurPages } from "./from-our-pages.ts";

/** Throws a 403 if another site's page may have sent this (CSRF). */
export function checkOrigin(request: FastifyRequest, { config }: Pick<Deps, "config">): void {
  const { method, headers, protocol, host } = request;
  const ours = [new URL(config.publicUrl).origin, `${protocol}://${host}`];
  const fetchSite = headers["sec-fetch-site"];
  const asked = { method, origin: headers.origin, fetchSite: fetchSite?.toString() };
  if (fromOurPages(asked, ours)) return;
  const detail = `A change with a session must come from ${ours[0]}. Programs use an API token instead.`;
  throw problem(403, detail);
}
