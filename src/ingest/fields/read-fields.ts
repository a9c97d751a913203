import { z } from "zod";
import { type Severity, severities } from "../../alert/alert.ts";
import { parseField, UnreadableJson } from "../body/json-text.ts";
import type { SourceDefaults, Warning } from "../source-kind.ts";

/**
 * Fields of a tool's body, for the schemas of `readObject`. None of them makes a report invalid: what can't be read is
 * null, stays in the sample event, and `readObject` warns of it.
 */
export const anyValue = z.unknown().optional();
export const optionalText = anyValue.transform(textOf).describe("text");
export const optionalTexts = anyValue.transform(textsOf).describe("a list of texts");
export const optionalObject = anyValue.transform(objectOf).describe("an object");
export const optionalTime = anyValue
  .transform((given) => (isNoTime(given) ? undefined : readTime(given)))
  .describe("a time such as 2026-01-15T10:00:00Z");

export const optionalAddress = anyValue
  .transform((given) => webAddress(textOf(given)))
  .describe("an address with http or https");

/** The trimmed text; numbers and booleans as text, lists and objects as JSON, null for nothing. */
export function textOf(given: unknown): string | null {
  if (isNothing(given)) return null;
  if (typeof given === "string") return given.trim();
  return typeof given === "object" ? JSON.stringify(given) : String(given);
}

/** The texts of a list, or of one text with commas. */
export function textsOf(given: unknown): string[] {
  const list = typeof given === "string" ? given.split(",") : Array.isArray(given) ? given : [given];
  return list.flatMap((one) => textOf(one) ?? []);
}

/** An object, or the object in a text of JSON; null for anything else. */
function objectOf(given: unknown): Record<string, unknown> | null {
  if (isObject(given)) return given;
  if (typeof given !== "string" || !/^\s*\{/.test(given)) return null;
  const parsed = parseField(given);
  return isObject(parsed) && !(parsed instanceof UnreadableJson) ? parsed : null;
}

/** Whether a field says nothing: it is missing, null or blank. */
export function isNothing(given: unknown): boolean {
  return given === undefined || given === null || (typeof given === "string" && given.trim() === "");
}

/** docs/behaviour.md#severity-words. A bare number is a level of syslog. */
const wordsOf: Record<Severity, string> = {
  CRITICAL: "critical crit fatal emergency emerg panic alert disaster p0 p1 sev0 sev1 s0 s1 0 1 2",
  HIGH: "high error err major page p2 sev2 s2 3",
  MEDIUM: "medium moderate average warning warn p3 sev3 s3 4",
  LOW: "low minor notice p4 sev4 s4 5",
  INFO: "info informational debug ok none p5 sev5 s5 6 7",
};
const severityWords = new Map(
  severities.flatMap((severity) => wordsOf[severity].split(" ").map((word) => [word, severity] as const)),
);

/** As long as a word of a source's own mapping can be. */
const maxWordLength = 100;

/** Case, spaces and hyphens don't matter. */
export function plainWord(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, "");
}

/** Maps a tool's severity, a word or number, to ours; null for an unknown one. */
export function readSeverity(given: unknown): Severity | null {
  return severityWords.get(plainWord(textOf(given) ?? "")) ?? null;
}

/**
 * The severity of a report, by the source's own words first, then by the tool's own scale, where it has one. A missing
 * or unknown one takes the source's default, and the warning about it names `field`.
 */
export function severityOf(
  given: unknown,
  { defaultSeverity, severityWords: words = {} }: SourceDefaults,
  field = "severity",
  own: Severity | null = null,
): { severity: Severity; warning: Warning | null } {
  const word = textOf(given);
  const plain = plainWord(word ?? "");
  const [, owned] = Object.entries(words).find(([one]) => plainWord(one) === plain) ?? [];
  const severity = owned ?? own ?? severityWords.get(plain);
  if (severity) return { severity, warning: null };
  const unknownSeverity = word?.slice(0, maxWordLength).toWellFormed() ?? null;
  const what = word === null ? "there is none" : `"${unknownSeverity}" is not known`;
  const expected = `a severity such as CRITICAL, warning, P2 or 4; ${what}, so the source's default applies`;
  return { severity: defaultSeverity, warning: { field, expected, unknownSeverity } };
}

/** True for a JSON object, not for null or a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first line that is not blank, trimmed; null if there is none. */
export function firstLine(text: string | null | undefined): string | null {
  return /\S.*/.exec(text ?? "")?.[0].trim() ?? null;
}

const dateTime =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d+))?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;
const epoch = /^\d{9,19}(\.\d+)?$/;
const timeLimit = Date.UTC(9999, 0);
/** Epochs in seconds, milliseconds, microseconds and nanoseconds: since 1973, each unit has more digits. */
const secondsLimit = 1e11;

/**
 * Reads a time between the years 1970 and 9998: an RFC 3339 time, also with a space, without seconds or without an
 * offset (then UTC), or an epoch, as a number or text. Null otherwise. Go's zero time (year 1) means "none", and
 * PostgreSQL can't read all years that JavaScript can.
 */
export function readTime(given: unknown): Date | null {
  const text = textOf(given);
  if (!text) return null;
  const time = epoch.test(text) ? new Date(epochMs(Number(text))) : parseTime(text);
  return time && time.getTime() >= 0 && time.getTime() < timeLimit ? time : null;
}

function parseTime(text: string): Date | null {
  const [whole, day, minutes, seconds = ":00", fraction = "0", zone = "Z"] = dateTime.exec(text) ?? [];
  if (!whole) return null;
  const offset = /^[+-]/.test(zone)
    ? zone.replace(/^(...):?(\d\d)?$/, (_, hours, rest = "00") => `${hours}:${rest}`)
    : "Z";
  return new Date(`${day}T${minutes}${seconds}.${fraction.slice(0, 9)}${offset}`);
}

/** At least a billion seconds make ten digits, so the size tells the unit. */
function epochMs(value: number): number {
  if (value < secondsLimit) return value * 1000;
  if (value < secondsLimit * 1e3) return value;
  return value < secondsLimit * 1e6 ? value / 1e3 : value / 1e6;
}

/** Whether a field says that there is no time: nothing, zero, or the year 1 of Go and .NET. */
function isNoTime(given: unknown): boolean {
  return isNothing(given) || /^(?:0|0001-01-01[T ]00:00:00.*)$/.test(String(given));
}

/** Whether a time was read as UTC because it has no offset. */
export function hasNoOffset(given: unknown): boolean {
  const [whole, , , , , zone] = (typeof given === "string" && dateTime.exec(given.trim())) || [];
  return whole !== undefined && zone === undefined;
}

/** The trimmed text if all of it is one http(s) URL; null otherwise. */
export function webAddress(text: string | null | undefined): string | null {
  const address = text?.trim();
  if (!address || /\s/.test(address)) return null;
  return ["http:", "https:"].includes(URL.parse(address)?.protocol ?? "") ? address : null;
}
