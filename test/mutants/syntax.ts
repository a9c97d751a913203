import { parseSync } from "vite";

/** A node of a syntax tree (ESTree with TypeScript's nodes); `start` and `end` are positions in the text. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** The syntax tree of a TypeScript file, or null if the text can't be parsed. */
export function parse(file: string, text: string): Node | null {
  const { program, errors } = parseSync(file, text);
  return errors.length === 0 && isNode(program) ? program : null;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

export function child(node: Node, field: string): Node | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

export function children(node: Node, field: string): Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Every node below this one that runs; types and imports do not. */
export function* walk(
  node: Node,
  path: readonly Node[] = [],
): Generator<{ node: Node; path: readonly Node[] }> {
  if (node.type === "ImportDeclaration" || (node.type.startsWith("TS") && !wrapped.has(node.type))) return;
  yield { node, path };
  const below = [...path, node];
  for (const value of Object.values(node))
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) yield* walk(one, below);
}

const wrapped = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);
