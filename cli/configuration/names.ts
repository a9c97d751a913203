export type ReferenceKind = "source" | "destination" | "user";

/** The names of things by id, while they are read, created and renamed. */
export interface Names {
  set(kind: ReferenceKind, id: string, name: string): void;
  /** The name of this id; null for something that was deleted. */
  nameOf(kind: ReferenceKind, id: string): string | null;
  /** The id of this name, in any case; null if nothing has it. */
  idOf(kind: ReferenceKind, name: string): string | null;
  all(kind: ReferenceKind): string[];
}

export function openNames(): Names {
  const byKind = { source: new Map(), destination: new Map(), user: new Map() } satisfies Record<
    ReferenceKind,
    Map<string, string>
  >;
  const mapOf = (kind: ReferenceKind): Map<string, string> => byKind[kind];
  return {
    set: (kind, id, name) => mapOf(kind).set(id, name),
    nameOf: (kind, id) => mapOf(kind).get(id) ?? null,
    idOf(kind, name) {
      const wanted = name.toLowerCase();
      const entries = [...mapOf(kind)];
      const found =
        entries.find((one) => one[1] === name) ?? entries.find((one) => one[1].toLowerCase() === wanted);
      return found?.[0] ?? null;
    },
    all: (kind) => [...mapOf(kind).values()],
  };
}
