import { isDeepStrictEqual } from "node:util";
import type { Current, SecretReading, Section, Values } from "./section.ts";
import { dropsHeader } from "./sections/destination-secrets.ts";

/** A field that has to change. A secret's value is never in it. */
export type FieldChange =
  | { kind: "value"; field: string; from: unknown; to: unknown }
  | { kind: "secret"; field: string; how: "set" | "changed" | "removed"; where: string | null };

const found = ["id", "was"];

/** The fields of a thing in the file, without those by which it is only found. */
export function fieldsOf(wanted: Values): Values {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !found.includes(name) && value !== undefined),
  );
}

/** The fields that are another value in the file than in Tocsin. What the file doesn't say stays as it is. */
export function compareFields(section: Section, wanted: Values, current: Current): FieldChange[] {
  const hidden = [...(section.uncompared ?? []), ...(section.secrets?.(wanted) ?? [])];
  return Object.entries(fieldsOf(wanted)).flatMap(([field, value]): FieldChange[] => {
    if (hidden.includes(field)) return [];
    const from = current.values[field] ?? null;
    const to = section.merged?.includes(field) ? merge(from, value) : value;
    const isSame =
      section.isSame?.[field]?.(to, current) ??
      isDeepStrictEqual(normal(section, field, from), normal(section, field, to));
    return isSame ? [] : [{ kind: "value", field, from, to }];
  });
}

/** The secrets that have to be sent, or taken away. */
export function compareSecrets(
  section: Section,
  { wanted, current, reading }: { wanted: Values; current: Current; reading: SecretReading },
) {
  const changed = section.changedSecrets?.(wanted, current, reading) ?? [];
  const drops = section.changedSecrets !== undefined && dropsHeader(wanted, current);
  return { changed, drops };
}

function merge(from: unknown, part: unknown): unknown {
  return isObject(from) && isObject(part) ? { ...from, ...part } : part;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lists whose order says nothing, and times in any notation, as one value. */
function normal(section: Section, field: string, value: unknown): unknown {
  if (section.sets.includes(field) && Array.isArray(value)) return value.map(String).toSorted();
  if (field === "until") return new Date(String(value)).getTime();
  return value;
}
