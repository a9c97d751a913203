import { type Path, paths } from "./oracle.ts";

/** Ids that an app chooses for its blocks stand where Slack's own keys stand elsewhere. */
const steps = (path: Path): string =>
  path
    .map((step, index) =>
      typeof step === "number" || path[index - 1] === "values" || path[index - 2] === "values" ? "*" : step,
    )
    .join(".");

const valueAt = (root: unknown, path: Path) =>
  path.reduce<unknown>((value, step) => Object(value)[step], root);
const typeOf = (value: unknown) => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

/** Every path to a value, with `*` for the place in a list, and of which types the values there are. */
export function shapeOf(whole: unknown): Map<string, Set<string>> {
  const shape = new Map<string, Set<string>>();
  for (const path of paths(whole).slice(1)) {
    const types = shape.get(steps(path)) ?? new Set();
    shape.set(steps(path), types.add(typeOf(valueAt(whole, path))));
  }
  return shape;
}

const isLike = (a: Set<string>, b: Set<string> | undefined) =>
  b !== undefined && [...a].every((type) => type === "null" || b.has("null") || b.has(type));

/** What a sample has and ours lacks, or has with a value of another type. */
export function lackingIn(sample: unknown, ours: unknown): string[] {
  const there = shapeOf(ours);
  return [...shapeOf(sample)]
    .filter(([path, types]) => !isLike(types, there.get(path)))
    .map(([path]) => path);
}

/** The same without the value at a path, and without every other value at such a place. */
export function without(whole: unknown, path: string): unknown {
  const copy = structuredClone(whole);
  for (const place of paths(copy).filter((one) => steps(one) === path))
    delete Object(valueAt(copy, place.slice(0, -1)))[place.at(-1) ?? ""];
  return copy;
}
