import type { PickedField } from "./evaluation.ts";

type Path = (string | number)[];

/** The names that are listed of an object in which one was not found. */
const maxNames = 12;

/** Where JSONata looks for a function to call after each node of the expression. */
const afterNode = Symbol.for("jsonata.__evaluate_exit");

interface Assignable {
  assign(name: string | symbol, value: unknown): void;
}

/**
 * Follows which places of a report an expression reads, until `end`. The one that was read last is the best guess at
 * what led to a fault, or at what is missing.
 */
export function traceReads(
  expression: Assignable,
  report: unknown,
): { end: () => Pick<PickedField, "read"> } {
  const paths = new Map<object, Path>();
  addPaths(report, [], paths);
  let last: PickedField["read"];
  const onExit = (node: { type: string; value?: unknown }, input: unknown, _: unknown, result: unknown) => {
    if (node.type !== "name" || typeof node.value !== "string") return;
    if (typeof input !== "object" || input === null || Array.isArray(input)) return;
    const path = paths.get(input);
    if (!path) return;
    const has = result === undefined ? { has: Object.keys(input).slice(0, maxNames) } : {};
    last = { path: [...path, node.value], ...has };
  };
  expression.assign(afterNode, onExit);
  return {
    end() {
      expression.assign(afterNode, undefined);
      return last ? { read: last } : {};
    },
  };
}

function addPaths(value: unknown, path: Path, paths: Map<object, Path>): void {
  if (typeof value !== "object" || value === null) return;
  paths.set(value, path);
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, inner] of entries) addPaths(inner, [...path, key], paths);
}
