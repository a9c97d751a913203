import { z } from "zod";

/** Text of so many characters. */
export const text = (max: number, min = 0) => z.string().min(min).max(max);

/** An address that Slack calls or shows. */
export const url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^https?:\/\//, "must be a valid URL, starting with http:// or https://");

/** A list in which nothing stands twice. */
export const distinct = <S extends z.ZodType>(item: S, { min = 0, max }: { min?: number; max: number }) =>
  z
    .array(item)
    .min(min)
    .max(max)
    .refine((all) => new Set(all.map((one) => JSON.stringify(one))).size === all.length, {
      message: "must not have duplicate items",
    });

/** What belongs to apps that Slack itself hosts: taken as it is, and without effect here. */
export const hosted = z.record(z.string(), z.unknown());
