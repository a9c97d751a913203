import type { FastifyRequest } from "fastify";
import { type Problem, problem } from "../../api/problem.ts";
import type { SourceKind } from "../source-kind.ts";
import { sourceKinds } from "../source-kinds.ts";

// How clients of tools that Tocsin stands in for are served (docs/decisions/0034-clients-of-other-alert-desks.md).

/** What may follow a source's address: nothing, or what the clients of a kind add. */
export const addedPaths: readonly string[] = [
  ...new Set(["", ...sourceKinds.flatMap(({ paths = [] }) => paths)]),
];

/** Throws a 404 if clients of this kind don't add this path. */
export function refuseOtherPath({ label, paths = [] }: SourceKind, path: string): void {
  if (path !== "" && !paths.includes(path)) throw otherPath(label, paths);
}

function otherPath(label: string, paths: string[]): Problem {
  const right = ["the address of the source alone", ...paths.map((path) => `with ${path}`)].join(", or ");
  return problem(404, `Sources of the kind ${label} don't have this path. Use ${right}.`);
}

/** The kind with what this request's headers and path say besides its body. */
export function readingRequest(kind: SourceKind, { headers, params }: FastifyRequest): SourceKind {
  const { fromRequest, readForm } = kind;
  if (!fromRequest) return kind;
  const facts = { headers, params: params as Record<string, string | undefined> };
  return { ...kind, readForm: (text) => fromRequest(text, facts) ?? readForm?.(text) ?? null };
}

/** The body with what the request says besides it, so that it can be read again without the request. */
export function withRequest(
  { fromRequest }: SourceKind,
  { headers, params }: FastifyRequest,
  body: Buffer,
): Buffer {
  const facts = { headers, params: params as Record<string, string | undefined> };
  const text = fromRequest?.(body.toString(), facts);
  return text ? Buffer.from(text) : body;
}

/** The schemes of `Authorization` under which a key may come. */
export const keySchemes: readonly string[] = [
  "Bearer",
  ...sourceKinds.flatMap(({ keyScheme }) => keyScheme ?? []),
];
