import { z } from "zod";

// Forms carry text and JSON bodies carry values; every schema here accepts both.

/** A boolean, also as "true", "false", "1" or "0". */
export const flag = z
  .union([z.boolean(), z.enum(["true", "false", "1", "0"])])
  .transform((value) => value === true || value === "true" || value === "1");

/** A page size: `standard` if missing or 0, and at most 1000, as in Slack. */
export const limit = (standard: number) =>
  z.coerce
    .number()
    .int()
    .optional()
    .transform((value) => (value === undefined || value === 0 ? standard : Math.min(value, 1000)));

/** A page size for methods that answer `invalid_limit`: `NaN` if it is not a number. */
export const pageLimit = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === "" || value === null ? 100 : Number(value)));

// Text that isn't JSON stays text, so that the method refuses it with its own error.
const unpacked = z.unknown().transform((value) => {
  if (typeof value !== "string") return value;
  try {
    return z.unknown().parse(JSON.parse(value));
  } catch {
    return value;
  }
});

/** A nested value, as it is or as JSON text. */
export const nested = unpacked.optional();

/** A nested value that is required. */
export const requiredNested = unpacked.refine((value) => value !== undefined && value !== "");

/** Required text, which must not be empty: in forms, an empty value equals a missing one. */
export const required = z.string().min(1);

/** A comma-separated list. */
export const list = z.string().transform((value) => value.split(",").map((part) => part.trim()));
