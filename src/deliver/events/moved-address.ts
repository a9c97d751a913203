import type { Refusal } from "../../alert/refusal.ts";
import type { Field } from "../contract.ts";
import { maskedUrl } from "./fields.ts";

type Values = Record<string, unknown>;

/**
 * The refusal of a change that moves the address to another origin and keeps stored secrets: a person who enters an address of
 * their own would be sent what others entered. Null if the change is fine. `typed` are the values of the change that are
 * not empty.
 */
export function leftBehind(
  fields: readonly Field[],
  { stored, typed }: { stored: Values; typed: Values },
): Refusal | null {
  const address = fields.find((field) => field.address)?.name;
  if (!address) return null;
  const [before, after] = [originOf(stored[address]), originOf(typed[address])];
  if (!before || !after || before === after) return null;
  const kept = fields.filter(({ name }) => name !== address && isKept(stored[name], typed[name]));
  const [first] = kept;
  if (!first) return null;
  const labels = kept.map(({ label }) => label).join(" and ");
  const why = `The address moves from ${before} to ${after}. Enter ${labels} again: what is stored is only sent to the old one.`;
  return { refused: "invalid", field: first.name, why };
}

/** Whether a stored secret, or one of several by name, stays as it is. */
function isKept(stored: unknown, typed: unknown): boolean {
  if (typed === undefined) return isSecret(stored);
  return typeof typed === "object" && typed !== null && Object.values(typed).includes("");
}

function isSecret(stored: unknown): boolean {
  if (typeof stored === "string") return stored !== "";
  return typeof stored === "object" && stored !== null && Object.keys(stored).length > 0;
}

function originOf(url: unknown): string | null {
  return typeof url === "string" ? (URL.parse(url.trim())?.origin ?? null) : null;
}

/** What people may see of settings among which a node of the previous version keeps the address. */
export function withoutAddress(fields: readonly Field[], settings: Values): Values {
  const address = fields.find((field) => field.address)?.name;
  const url = address && settings[address];
  if (!address || typeof url !== "string") return settings;
  const { [address]: _, ...shown } = settings;
  return { ...shown, hints: { [address]: maskedUrl(url) } };
}
