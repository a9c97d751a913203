import { type Expressions, identityFields } from "../../alert/expressions.ts";
import { problem } from "../../api/problem.ts";
import type { ExpressionPool } from "../ingest-request.ts";
import { findSourceKind } from "../source-kinds.ts";

/** Throws a 400 that names each expression that a source of this kind can't have, or that can't be parsed. */
export async function refuseBadExpressions(
  pool: ExpressionPool,
  { id, kind, expressions }: { id: string; kind: string; expressions: Expressions },
): Promise<void> {
  const errors = [...foreign(kind, expressions), ...(await unparsable(pool, id, expressions))];
  if (errors.length === 0) return;
  throw problem(400, "Some expressions can't be used. Please fix them.", { errors });
}

function foreign(kind: string, expressions: Expressions) {
  if (findSourceKind(kind)?.readPicked) return [];
  const allowed: readonly string[] = identityFields;
  const detail = `is read by the kind ${kind} itself; its sources may only set ${identityFields.join(", ")}`;
  return Object.keys(expressions)
    .filter((field) => !allowed.includes(field))
    .map((field) => ({ field: `expressions.${field}`, detail }));
}

/** Parsed where they are evaluated, so that even an odd one costs the others nothing. */
async function unparsable(pool: ExpressionPool, id: string, expressions: Expressions) {
  const picked = await pool.pick(id, { expressions, body: "null", reports: "[]" });
  if (picked.kind !== "bad") return [];
  return picked.bad.map(({ field, fault, at }) => ({
    field: `expressions.${field}`,
    detail: `can't be parsed at character ${at + 1}: ${fault}`,
  }));
}
