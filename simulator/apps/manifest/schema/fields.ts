import { z } from "zod";

/** Text of `min` to `max` characters. */
export const text = (max: number, min = 0) => z.string().min(min).max(max);

/** A URL of up to `max` characters that Slack calls or shows. */
export const url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^https?:\/\//, "must be a valid URL, starting with http:// or https://");

/** A list without duplicates. */
export const distinct = <S extends z.ZodType>(item: S, { min = 0, max }: { min?: number; max: number }) =>
  z
    .array(item)
    .min(min)
    .max(max)
    .refine((all) => new Set(all.map((one) => JSON.stringify(one))).size === all.length, {
      message: "must not have duplicate items",
    });

/** Settings of apps that Slack itself hosts: accepted unchecked, and without effect in the simulator. */
export const hosted = z.record(z.string(), z.unknown());
