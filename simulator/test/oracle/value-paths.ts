import { type Path, paths } from "./oracle.ts";

/** A path as text. List indexes and the app's own IDs in `values` become `*`. */
const pathText = (path: Path): string =>
  path
    .map((step, index) =>
      typeof step === "number" || path[index - 1] === "values" || path[index - 2] === "values" ? "*" : step,
    )
    .join(".");

const valueAt = (root: unknown, path: Path) =>
  path.reduce<unknown>((value, step) => Object(value)[step], root);
const typeOf = (value: unknown) => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

/** The paths of all values, with `*` for list indexes, and the types of the values at each path. */
export function shapeOf(whole: unknown): Map<string, Set<string>> {
  const shape = new Map<string, Set<string>>();
  for (const path of paths(whole).slice(1)) {
    const types = shape.get(pathText(path)) ?? new Set();
    shape.set(pathText(path), types.add(typeOf(valueAt(whole, path))));
  }
  return shape;
}

const isLike = (a: Set<string>, b: Set<string> | undefined) =>
  b !== undefined && [...a].every((type) => type === "null" || b.has("null") || b.has(type));

/** The paths of a sample that `ours` lacks or has with a value of another type. */
export function lackingIn(sample: unknown, ours: unknown): string[] {
  const ourShape = shapeOf(ours);
  return [...shapeOf(sample)]
    .filter(([path, types]) => !isLike(types, ourShape.get(path)))
    .map(([path]) => path);
}

/** A copy without the values at a path. */
export function without(whole: unknown, path: string): unknown {
  const copy = structuredClone(whole);
  for (const found of paths(copy).filter((one) => pathText(one) === path))
    delete Object(valueAt(copy, found.slice(0, -1)))[found.at(-1) ?? ""];
  return copy;
}
