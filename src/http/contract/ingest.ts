import { z } from "zod";

export const ingestResult = z.object({
  index: z.number().int(),
  outcome: z.enum(["opened", "joined", "resolved", "duplicate", "ignored", "invalid"]),
  alertId: z.string().optional(),
  number: z.number().int().optional(),
  field: z.string().optional(),
  expected: z.string().optional(),
});
export type IngestResult = z.infer<typeof ingestResult>;

export const ingestAnswer = z.object({ results: z.array(ingestResult) }).meta({ id: "IngestAnswer" });
