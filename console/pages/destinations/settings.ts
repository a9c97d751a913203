import type { DestinationBody, Field } from "../../../src/deliver/contract.ts";

export interface Header {
  name: string;
  /** An empty value keeps the stored one. */
  value: string;
}

/** The values of the inputs of a form, by the names of its fields. */
export type Settings = Record<string, SettingValue>;
export type SettingValue = string | boolean | string[] | Header[];

/** What a form begins with. Secrets are never read, so they begin empty. */
export function initialSettings(fields: readonly Field[], edited: DestinationBody | undefined): Settings {
  return Object.fromEntries(fields.map((field) => [field.name, initialValue(field, edited)]));
}

function initialValue({ name, input, initial }: Field, edited: DestinationBody | undefined): SettingValue {
  const stored = edited?.[name];
  switch (input) {
    case "secret":
      return "";
    case "headers":
      return texts(edited?.headerNames).map((header) => ({ name: header, value: "" }));
    case "list":
      return texts(stored);
    case "switch":
      return typeof stored === "boolean" ? stored : initial === true;
    case "text":
    case "choice":
      return typeof stored === "string" ? stored : typeof initial === "string" ? initial : "";
    default:
      return input satisfies never;
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The origin that an edited destination leaves by the address that was typed; null if it stays where it is. */
export function originLeft(
  fields: readonly Field[],
  edited: DestinationBody | undefined,
  values: Settings,
): string | null {
  const address = fields.find((field) => field.address)?.name ?? "";
  const [before, after] = [originOf(hintOf(edited, address)), originOf(values[address])];
  return before && after && before !== after ? before : null;
}

function originOf(url: unknown): string | null {
  return typeof url === "string" ? (URL.parse(url.trim())?.origin ?? null) : null;
}

/** What people may see of a stored secret. */
export function hintOf(edited: DestinationBody | undefined, name: string): string | null {
  const hints = edited?.hints;
  const hint = typeof hints === "object" && hints !== null ? new Map(Object.entries(hints)).get(name) : null;
  return typeof hint === "string" ? hint : null;
}

/** The values as the API takes them. */
export function bodyOf(settings: Settings): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, isHeaders(value) ? headersOf(value) : value]),
  );
}

function isHeaders(value: SettingValue): value is Header[] {
  return Array.isArray(value) && typeof value[0] === "object";
}

function headersOf(headers: Header[]): Record<string, string> {
  const filled = headers.filter(({ name }) => name.trim() !== "");
  return Object.fromEntries(filled.map(({ name, value }) => [name.trim(), value]));
}
