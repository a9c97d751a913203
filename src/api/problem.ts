import { z } from "zod";

/** RFC 9457 problem details, with the field at fault where there is one. */
export const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z
      .array(z.object({ field: z.string(), detail: z.string(), expected: z.string().optional() }))
      .optional(),
  })
  .meta({ id: "Problem" });
export type ProblemBody = z.infer<typeof problemBody>;
