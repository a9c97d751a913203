import type { AutomaticBoomerang } from "../alert/automatic-boomerang.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import type { AutomaticBoomerangInput } from "../boomerang/automatic/contract.ts";

interface Named {
  id: string;
  name: string;
}

/** Resolves destination names and ids to distinct ids; refuses unknown ones. */
export function chooseOverride(wanted: readonly string[], all: readonly Named[]): string[] | Refusal {
  const found = wanted.map((text) => find(text.trim().toLowerCase(), all)?.id);
  const unknown = wanted.filter((_, at) => found[at] === undefined);
  if (unknown.length === 0) return [...new Set(found.filter((id) => id !== undefined))];
  const names = unknown.map((text) => `"${text}"`).join(", ");
  return {
    refused: "invalid",
    field: "destinations",
    why: `Unknown destinations: ${names}. Use names or ids of existing destinations.`,
  };
}

function find(wanted: string, all: readonly Named[]): Named | undefined {
  return all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name.toLowerCase() === wanted);
}

/** The setting to store: its destination, given by name or id, as an id. Refuses an unknown one. */
export function toStore(
  setting: AutomaticBoomerangInput,
  destinations: readonly { id: string; name: string }[],
): AutomaticBoomerang | Refusal {
  const { onNo } = setting;
  if (onNo.do !== "send") return { ...setting, onNo };
  const chosen = chooseOverride([onNo.destination], destinations);
  if (isRefusal(chosen))
    return {
      refused: "invalid",
      field: "automaticBoomerang.onNo.destination",
      why: `There is no destination “${onNo.destination}”. Use the name or id of an existing one.`,
    };
  const [destination = ""] = chosen;
  return { ...setting, onNo: { do: "send", destination } };
}
