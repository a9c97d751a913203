import type { Refusal } from "../../alert/refusal.ts";

interface Named {
  id: string;
  name: string;
}

/** The ids of the destinations that somebody named by id or name, each once; refused if one doesn't exist. */
export function chooseOverride(wanted: readonly string[], all: readonly Named[]): string[] | Refusal {
  const found = wanted.map((text) => find(text.trim().toLowerCase(), all)?.id);
  const unknown = wanted.filter((_, at) => found[at] === undefined);
  if (unknown.length === 0) return [...new Set(found.filter((id) => id !== undefined))];
  const names = unknown.map((text) => `"${text}"`).join(", ");
  return { refused: "invalid", field: "destinations", why: `There is no destination ${names}.` };
}

function find(wanted: string, all: readonly Named[]): Named | undefined {
  return all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name.toLowerCase() === wanted);
}
