import { similarNames } from "../../src/connect/channels/find-channel.ts";
import { matchThings } from "./match.ts";
import type { Names, ReferenceKind } from "./names.ts";
import type { Fault, Wanted } from "./plan.ts";
import { type State, sections } from "./sections.ts";

/** The names in the file that nothing will have once it is applied. */
export function checkReferences(
  file: Wanted,
  { state, names, prune, now }: { state: State; names: Names; prune: boolean; now: Date },
): Fault[] {
  const known = new Map<ReferenceKind, string[]>([["user", names.all("user")]]);
  for (const section of sections) {
    const currents = state.get(section.name) ?? [];
    const items = file.get(section.name);
    const { others } = matchThings(section, items ?? [], currents);
    const stay = items && prune ? [] : others;
    const named = [...(items ?? []), ...stay.map(({ values }) => values)].map((values) =>
      section.identity(values),
    );
    if (section.named) known.set(section.named, named);
  }
  return sections.flatMap((section) =>
    (file.get(section.name) ?? []).flatMap((values, at) => {
      if (section.skips?.(values, now)) return [];
      return section.references(values).flatMap(({ kind, name, path }) => {
        const all = known.get(kind) ?? [];
        if (all.some((one) => one.toLowerCase() === name.toLowerCase())) return [];
        const message = `there is no ${kind} ${JSON.stringify(name)}, in this file or in Tocsin${suggestion(name, all)}`;
        return [{ section: section.name, path: [at, ...path], message }];
      });
    }),
  );
}

/** The most similar names as a question; empty if there is none. */
export function suggestion(name: string, all: Iterable<string>): string {
  const near = similarNames(name, all).map((one) => JSON.stringify(one));
  return near.length > 0 ? `. Did you mean ${near.join(" or ")}?` : "";
}
