import { z } from "zod";

// Forms carry everything as text, JSON bodies carry values: each of these takes both.

/** True or false, however it was written. */
export const flag = z
  .union([z.boolean(), z.enum(["true", "false", "1", "0"])])
  .transform((value) => value === true || value === "true" || value === "1");

/** A whole number within Slack's usual bounds for pages; what lies above is cut, as Slack does. */
export const limit = (standard: number) =>
  z.coerce
    .number()
    .int()
    .optional()
    .transform((value) => (value === undefined || value === 0 ? standard : Math.min(value, 1000)));

/** The same where Slack refuses what it doesn't understand with a word of its own: `NaN` stands for that. */
export const pageLimit = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === "" || value === null ? 100 : Number(value)));

// Text that isn't JSON stays text, for the method to refuse in its own words.
const unpacked = z.unknown().transform((value) => {
  if (typeof value !== "string") return value;
  try {
    return z.unknown().parse(JSON.parse(value));
  } catch {
    return value;
  }
});

/** A nested value: itself, or its JSON as text. */
export const nested = unpacked.optional();

/** The same where Slack insists on it. */
export const requiredNested = unpacked.refine((value) => value !== undefined && value !== "");

/** Text that is required: forms can't tell an empty value from one that wasn't given. */
export const required = z.string().min(1);

/** A list written with commas. */
export const list = z.string().transform((value) => value.split(",").map((part) => part.trim()));
