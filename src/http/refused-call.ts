import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Deps } from "../api/deps.ts";
import { Problem } from "../api/problem.ts";
import type { Target, TargetType } from "../people/audit-log/audit.ts";
import { auditRefused } from "../people/audit-log/refusals.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Why the request is refused once its body has been read. */
    refusal?: Problem;
  }
}

/** Bodies of refused calls up to this size are read, for the names of their fields. */
const maxBodyBytes = 16 * 1024;

/** Whether a refused request is to be answered after its body, so that the audit log can say what was wanted. */
export function hasFieldsToRead(
  { principal, headers, method }: FastifyRequest,
  fault: unknown,
): fault is Problem {
  if (!(fault instanceof Problem) || fault.status !== 403 || !principal.actor.id || method === "GET")
    return false;
  const bytes = Number(headers["content-length"]);
  return bytes > 0 && bytes <= maxBodyBytes && /^application\/json\b/.test(headers["content-type"] ?? "");
}

/** Adds a refused call of a known caller to the audit log. Unknown callers could fill the table. */
export async function auditRefusedCall(
  { message }: Problem,
  request: FastifyRequest,
  deps: Pick<Deps, "db" | "refusals" | "clock">,
): Promise<void> {
  const { principal, method, routeOptions, body } = request;
  if (!principal?.actor.id || !routeOptions.url) return;
  const fields = fieldsOf(body);
  await auditRefused(deps, principal, {
    action: `${method} ${routeOptions.url}`,
    target: targetOf(routeOptions.url, request.params),
    changes: null,
    data: { why: message, ...(fields.length > 0 && { fields }) },
  });
}

/** What comes before an id in the addresses of the API. */
const targetTypes: Record<string, TargetType> = {
  alerts: "alert",
  boomerangs: "boomerang",
  suppressions: "suppression",
  sources: "source",
  detections: "detection",
  destinations: "destination",
  installations: "installation",
  users: "user",
  roles: "role",
  "api-tokens": "api_token",
};

const params = z.object({ id: z.string().max(100) });

/** The thing whose id is in the address. */
function targetOf(url: string, given: unknown): Target | null {
  const id = params.safeParse(given).data?.id;
  const type = targetTypes[/([\w-]+)\/:id/.exec(url)?.[1] ?? ""];
  return id && type ? { type, id } : null;
}

const maxFields = 20;

/** The names of a body's fields, without what can't be one: its values may be secrets. */
function fieldsOf(body: unknown): string[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return [];
  return Object.keys(body)
    .filter((name) => /^[a-z]\w{0,40}$/i.test(name))
    .slice(0, maxFields);
}
