import type { Api } from "./api.ts";
import type { Names } from "./names.ts";
import type { Current, Section, SectionName } from "./section.ts";
import { destinations } from "./sections/destination.ts";
import { detections } from "./sections/detection.ts";
import { roles } from "./sections/role.ts";
import { settings } from "./sections/settings.ts";
import { silences } from "./sections/silence.ts";
import { sources } from "./sections/source.ts";
import { views } from "./sections/view.ts";

/** In the order in which they are read and applied: what is named comes before what names it. */
export const sections: readonly Section[] = [
  sources,
  destinations,
  detections,
  views,
  silences,
  roles,
  settings,
];

export type State = ReadonlyMap<SectionName, readonly Current[]>;

/** Reads these parts, and those that they need. */
export async function readState(api: Api, names: Names, wanted: ReadonlySet<SectionName>): Promise<State> {
  const needed = new Set(sections.flatMap(({ name, needs }) => (wanted.has(name) ? [name, ...needs] : [])));
  const state = new Map<SectionName, Current[]>();
  for (const section of sections)
    if (needed.has(section.name)) state.set(section.name, await section.read(api, names));
  return state;
}
