import { z } from "zod";

/** Several values in a query: repeated or comma-separated (`?status=OPEN,TRIAGED`). */
export function several<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
    z.array(item).max(50),
  );
}

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(25),
  cursor: z.string().max(500).optional(),
});

/** Every list answers so; `next` is the cursor of the following page, null at the end. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ results: z.array(item), next: z.string().nullable() });
}

export interface Page<T> {
  results: T[];
  next: string | null;
}

export const idParams = z.object({ id: z.uuid() });
