import type { z } from "zod";

/** The options of a command as the API's own schema reads them; throws what is wrong, option by option. */
export function readOptions<T extends z.ZodType>(schema: T, options: unknown): z.output<T> {
  const read = schema.safeParse(options);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`);
  throw new Error(wrong.join("\n"));
}
