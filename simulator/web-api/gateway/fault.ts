import { z } from "zod";

/** What can go wrong on demand with calls of a method (`*` for all), in one channel or in any. */
export const fault = z.object({
  method: z.string(),
  channel: z.string().optional(),
  /** How many calls it hits. */
  times: z.int().min(1).default(1),
  what: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("status"), status: z.int(), retryAfter: z.int().optional() }),
    z.object({ kind: z.literal("error"), error: z.string() }),
    /** The work is done at once, the answer comes late. */
    z.object({ kind: z.literal("slow"), ms: z.int() }),
    /** The work is done, and the connection breaks before the answer. */
    z.object({ kind: z.literal("lost") }),
    /** The connection breaks before anything is done. */
    z.object({ kind: z.literal("dropped") }),
  ]),
});

export type Fault = z.output<typeof fault>;

/** Takes the first fault that fits a call off the list, one hit at a time. */
export function takeFault(
  faults: Fault[],
  call: { method: string; channel: string | undefined },
): Fault["what"] | undefined {
  const index = faults.findIndex(
    ({ method, channel }) =>
      (method === "*" || method === call.method) && (channel === undefined || channel === call.channel),
  );
  const found = faults[index];
  if (!found) return undefined;
  found.times -= 1;
  if (found.times === 0) faults.splice(index, 1);
  return found.what;
}
