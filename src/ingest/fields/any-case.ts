import type { Warning } from "../source-kind.ts";
import { hasNoOffset, isNothing, isObject, readTime, webAddress } from "./read-fields.ts";

/**
 * The fields of an object, by paths such as `finding_info.uid` and `alerts.0.id`. Case and separators of a name don't
 * matter, because many tools write the same name as `composite_id`, `compositeId` and `CompositeId`, by where it comes
 * from. Of several paths the first with a value counts. A value of another type counts as none, with a warning.
 */
export interface Fields {
  /** Text, or a number or boolean as text. */
  text(...paths: string[]): string | null;
  /** A list of texts, or a single one. */
  texts(...paths: string[]): string[];
  time(...paths: string[]): Date | null;
  /** True or false; null if it doesn't say. */
  flag(...paths: string[]): boolean | null;
  /** An address with http or https. */
  address(...paths: string[]): string | null;
  /** An object; an empty one if there is none. */
  object(...paths: string[]): Record<string, unknown>;
  list(...paths: string[]): unknown[];
  /** Any value that is not null; undefined if there is none. */
  value(...paths: string[]): unknown;
  /** What was looked for and could not be read. */
  warnings: Warning[];
}

type Read<T> = { read: T; expected?: string };

/** Reads the fields of any JSON. Warnings name them with `prefix`, which is where the object is in the body. */
export function fieldsOf(given: unknown, prefix = ""): Fields {
  const names = new Map<object, Map<string, unknown>>();
  const warnings: Warning[] = [];
  /** Whether an object on the way to a field has had none of the fields so far. */
  const strange = new Map<string, boolean>();

  function namesOf(value: unknown): Map<string, unknown> | undefined {
    if (!isObject(value)) return undefined;
    const known =
      names.get(value) ?? new Map(inOrder(value).map(([name, inner]) => [plainName(name), inner]));
    names.set(value, known);
    return known;
  }

  /** Warns of what stands where an object should be on the way. */
  function at(path: string): unknown {
    const parts = path.split(".");
    return parts.reduce<unknown>((value, name, index) => {
      if (Array.isArray(value) && /^\d+$/.test(name)) return value[Number(name)];
      if (index > 0 && !isNothing(value) && !isObject(value))
        warn(parts.slice(0, index).join("."), "an object");
      const found = namesOf(value)?.get(plainName(name));
      if (index > 0 && isObject(value) && Object.keys(value).length > 0)
        note(parts.slice(0, index).join("."), found);
      return found;
    }, given);
  }

  function note(path: string, found: unknown): void {
    if (!isNothing(found)) strange.set(path, false);
    else if (!strange.has(path)) strange.set(path, true);
  }

  /** Objects in which none of the fields is that are looked for, such as those of another version of the tool. */
  const unread = () =>
    [...strange].flatMap(([path, isStrange]) =>
      isStrange ? [{ field: `${prefix}${path}`, expected: "an object with fields that are known" }] : [],
    );

  function warn(path: string, expected: string): void {
    const field = `${prefix}${path}`;
    if (!warnings.some((warning) => warning.field === field)) warnings.push({ field, expected });
  }

  function first<T>(
    paths: string[],
    expected: string,
    read: (value: unknown) => Read<T> | null,
  ): T | undefined {
    for (const path of paths) {
      const value = at(path);
      if (isNothing(value)) continue;
      const found = read(value);
      if (!found || found.expected) warn(path, found?.expected ?? expected);
      if (found) return found.read;
    }
    return undefined;
  }

  return {
    text: (...paths) => first(paths, "text", readText) ?? null,
    texts: (...paths) => first(paths, "a list of texts", readTexts) ?? [],
    time: (...paths) => first(paths, "a time such as 2026-01-15T10:00:00Z", readInstant) ?? null,
    flag: (...paths) =>
      first(paths, "true or false", (value) => (typeof value === "boolean" ? { read: value } : null)) ?? null,
    address: (...paths) => first(paths, "an address with http or https", readAddress) ?? null,
    object: (...paths) =>
      first(paths, "an object", (value) => (isObject(value) ? { read: value } : null)) ?? {},
    list: (...paths) =>
      first(paths, "a list", (value) => (Array.isArray(value) ? { read: value } : null)) ?? [],
    value: (...paths) => first<unknown>(paths, "", (value) => ({ read: value })),
    get warnings() {
      return [...warnings, ...unread()];
    },
  };
}

/** The first of equal names last, so that it counts. */
function inOrder(object: Record<string, unknown>): [string, unknown][] {
  return Object.entries(object)
    .filter(([, value]) => !isNothing(value))
    .reverse();
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function readText(value: unknown): Read<string> | null {
  return typeof value === "object" ? null : { read: String(value).trim() };
}

function readTexts(value: unknown): Read<string[]> | null {
  const list = [value].flat();
  const texts = list.flatMap((one) => (isNothing(one) ? [] : (readText(one)?.read ?? [])));
  if (texts.length === 0) return list.length === 0 ? { read: [] } : null;
  const isWhole = list.every((one) => isNothing(one) || typeof one !== "object");
  return { read: texts, ...(!isWhole && { expected: "a list of texts" }) };
}

function readInstant(value: unknown): Read<Date> | null {
  const read = readTime(value);
  const expected = "a time with its offset, such as Z; it was read as UTC";
  return read && { read, ...(hasNoOffset(value) && { expected }) };
}

function readAddress(value: unknown): Read<string> | null {
  const read = typeof value === "string" ? webAddress(value) : null;
  return read === null ? null : { read };
}
