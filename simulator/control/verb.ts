import type { z } from "zod";
import type { Simulator } from "../simulator.ts";

/** Something one can ask of a running simulator: `I` goes in, `O` comes out, both as JSON. */
export type Verb<I, O> = {
  handle: (simulator: Simulator, raw: unknown) => Promise<O>;
  /** Never set: it carries the type of what goes in to whoever asks. */
  readonly accepts?: I;
};

/** A verb that checks what it is asked and then does it. Throws a ZodError for a request it can't read. */
export const verb = <S extends z.ZodType, O>(
  schema: S,
  run: (simulator: Simulator, input: z.output<S>) => O | Promise<O>,
): Verb<z.input<S>, O> => ({
  handle: async (simulator, raw) => {
    const done = await run(simulator, schema.parse(raw));
    return done;
  },
});
