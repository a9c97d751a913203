import { z } from "zod";

/** A fault to inject into calls of a method (`*` for all), in one channel or in any, with any arguments or some. */
export const fault = z.object({
  method: z.string(),
  channel: z.string().optional(),
  /** Only calls whose arguments contain this text. */
  containing: z.string().optional(),
  /** The number of calls to hit. */
  times: z.int().min(1).default(1),
  what: z.discriminatedUnion("kind", [
    /** With `html` it is the page of a proxy, which Slack never saw. */
    z.object({
      kind: z.literal("status"),
      status: z.int(),
      retryAfter: z.int().optional(),
      html: z.string().optional(),
    }),
    z.object({ kind: z.literal("error"), error: z.string() }),
    /** The call takes effect at once, but the answer comes late. */
    z.object({ kind: z.literal("slow"), ms: z.int() }),
    /** The call takes effect at once, but its answer waits for the verb `release`. */
    z.object({ kind: z.literal("held") }),
    /** The call takes effect, but the connection breaks before the answer. */
    z.object({ kind: z.literal("lost") }),
    /** The connection breaks before the call takes effect. */
    z.object({ kind: z.literal("dropped") }),
    /** The answer lacks `x-oauth-scopes`, as behind a proxy that removes headers. */
    z.object({ kind: z.literal("without-scopes-header") }),
  ]),
});

export type Fault = z.output<typeof fault>;

/** Returns the first fault that matches a call, and removes it from the list after its last hit. */
export function takeFault(
  faults: Fault[],
  call: { method: string; channel: string | undefined; args: Record<string, unknown> },
): Fault["what"] | undefined {
  const index = faults.findIndex(
    ({ method, channel, containing }) =>
      (method === "*" || method === call.method) &&
      (channel === undefined || channel === call.channel) &&
      (containing === undefined || JSON.stringify(call.args).includes(containing)),
  );
  const found = faults[index];
  if (!found) return undefined;
  found.times -= 1;
  if (found.times === 0) faults.splice(index, 1);
  return found.what;
}
