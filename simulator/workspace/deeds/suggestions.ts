import type { Option } from "../../block-kit/schema/composition.ts";
import type { Workspace } from "../workspace.ts";

/** A control in a message (by its time) or a view (by its id), and who searches in it. */
export type SearchPlace = { holder: string; blockId: string; actionId: string; user: string };

const key = ({ holder, blockId, actionId, user }: SearchPlace) =>
  JSON.stringify([holder, blockId, actionId, user]);

const most = 1000;

/** Keeps what an app offered to a person: their client knows an option they once saw, also after the next search. */
export function rememberSuggestions(
  { suggestions }: Workspace,
  place: SearchPlace,
  options: readonly Option[],
): void {
  const known = suggestions.get(key(place)) ?? new Map();
  for (const option of options) known.set(option.value, option);
  suggestions.delete(key(place));
  suggestions.set(key(place), known);
  const [oldest] = suggestions.keys();
  if (suggestions.size > most && oldest) suggestions.delete(oldest);
}

/** Every option that a person was offered in a control. */
export const suggestionsOf = ({ suggestions }: Workspace, place: SearchPlace): Option[] => [
  ...(suggestions.get(key(place))?.values() ?? []),
];
