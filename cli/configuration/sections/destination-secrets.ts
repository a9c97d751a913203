import { z } from "zod";
import type { DestinationType } from "../../../src/deliver/destination-type.ts";
import { findType } from "../../../src/deliver/destination-types.ts";
import { hintOf, maskedUrl } from "../../../src/deliver/events/fields.ts";
import { type SecretReader, type SecretReference, secretReference } from "../secrets.ts";
import type { Current, SecretChange, SecretReading, Values } from "../section.ts";

interface SecretField {
  /** References by name of a header. */
  headers: boolean;
  /** It is the address to which the others are sent. */
  address: boolean;
  schema: z.ZodType;
}

const ofHeaders = z.record(z.string(), secretReference);

/** The fields of a type that are secrets. One that Tocsin would generate is required, since nobody would see it. */
export function secretFields(type: DestinationType | undefined): Map<string, SecretField> {
  const fields = type?.about.fields.filter(({ input }) => input === "secret" || input === "headers") ?? [];
  return new Map(
    fields.map(({ name, input, address = false, required }) => {
      const schema = required || input === "secret" ? secretReference : secretReference.optional();
      return [name, { headers: input === "headers", address, schema }];
    }),
  );
}

/** The secrets of a body in clear, from the references in `values`. Throws if one can't be read. */
export function secretBody(values: Values, read: SecretReader): Values {
  const clear = (reference: SecretReference | "") => {
    if (reference === "") return "";
    const found = read(reference);
    if ("why" in found) throw new Error(found.why);
    return found.text;
  };
  const fields = secretFields(findType(String(values.type)));
  const given = [...fields].flatMap(([name, { headers }]) => {
    const value = values[name];
    if (value === undefined) return [];
    if (!headers) return [[name, clear(secretReference.parse(value))]];
    const kept = z.record(z.string(), z.union([z.literal(""), secretReference])).parse(value);
    return [[name, Object.fromEntries(Object.entries(kept).map(([header, one]) => [header, clear(one)]))]];
  });
  return Object.fromEntries(given);
}

/** The secrets of new destinations and of changed ones, one reference each; a header is `headers.NAME`. */
export function referencesIn(values: Values): SecretChange[] {
  const fields = secretFields(findType(String(values.type)));
  return [...fields].flatMap(([name, { headers }]) => {
    const value = values[name];
    if (value === undefined) return [];
    if (!headers) return [{ field: name, reference: secretReference.parse(value) }];
    return Object.entries(ofHeaders.parse(value)).map(([header, reference]) => ({
      field: `${name}.${header}`,
      reference,
    }));
  });
}

/**
 * The secrets that have to be sent to a destination: all of them if that was asked for, or if its address has another
 * origin, since Tocsin then forgets the others; else those of which the hint shows that they differ, and new headers.
 */
export function changedSecrets(
  values: Values,
  current: Current,
  { secrets, all }: SecretReading,
): SecretChange[] {
  const fields = secretFields(findType(String(values.type)));
  const references = referencesIn(values);
  const differs = ({ field, reference }: SecretChange) => {
    const [name = "", ...header] = field.split(".");
    if (header.length > 0) return !headersOf(current).includes(header.join(".").toLowerCase());
    const hint = current.hints?.[name];
    const found = secrets(reference);
    if (typeof hint !== "string" || "why" in found) return false;
    return hint !== (fields.get(name)?.address ? addressHint(found.text) : hintOf(found.text));
  };
  const changed = references.filter(differs);
  const hasMoved = changed.some(({ field }) => fields.get(field)?.address);
  return all || hasMoved ? references : changed;
}

function headersOf({ hints }: Current): string[] {
  return z
    .array(z.string())
    .catch([])
    .parse(hints?.headers)
    .map((name) => name.toLowerCase());
}

/** Whether a header that Tocsin has is not in the file. */
export function dropsHeader(values: Values, current: Current): boolean {
  if (values.headers === undefined) return false;
  const wanted = Object.keys(ofHeaders.parse(values.headers)).map((name) => name.toLowerCase());
  return headersOf(current).some((name) => !wanted.includes(name));
}

function addressHint(text: string): string {
  return URL.canParse(text) ? maskedUrl(text) : "";
}
