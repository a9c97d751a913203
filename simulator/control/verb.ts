import type { z } from "zod";
import type { WorkspaceContext } from "../simulator.ts";

/** A control command in one workspace, with JSON input `I` and output `O`. */
export type Verb<I, O> = {
  handle: (context: WorkspaceContext, raw: unknown) => Promise<O>;
  /** Never set: it only carries the input type for callers. */
  readonly accepts?: I;
};

/** Defines a verb. Throws a ZodError for invalid input. */
export const verb = <S extends z.ZodType, O>(
  schema: S,
  run: (context: WorkspaceContext, input: z.output<S>) => O | Promise<O>,
): Verb<z.input<S>, O> => ({
  handle: async (context, raw) => {
    const output = await run(context, schema.parse(raw));
    return output;
  },
});
