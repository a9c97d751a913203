import fc from "fast-check";

/** One change of a value: the entry `at`, counted depth first, is removed or replaced. */
export interface Mutation {
  kind: "drop" | "set";
  at: number;
  value: unknown;
}

export function mutationsWith(value: fc.Arbitrary<unknown>): fc.Arbitrary<Mutation[]> {
  const kind = fc.constantFrom("drop" as const, "set" as const);
  return fc.array(fc.record({ kind, at: fc.nat(60), value }), { minLength: 1, maxLength: 3 });
}

export function mutate(whole: unknown, { kind, at, value }: Mutation): unknown {
  let left = at;
  const walk = (node: unknown): unknown => {
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node).flatMap(([key, inner]) => {
      if (left-- === 0) return kind === "drop" ? [] : [[key, value] as const];
      return [[key, walk(inner)] as const];
    });
    return Array.isArray(node) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
  };
  return walk(whole);
}
