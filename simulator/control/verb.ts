import type { z } from "zod";
import type { Scene } from "../simulator.ts";

/** Something one can ask of a running simulator, in one of its workspaces: `I` goes in, `O` comes out, both as JSON. */
export type Verb<I, O> = {
  handle: (scene: Scene, raw: unknown) => Promise<O>;
  /** Never set: it carries the type of what goes in to whoever asks. */
  readonly accepts?: I;
};

/** A verb that checks what it is asked and then does it. Throws a ZodError for a request it can't read. */
export const verb = <S extends z.ZodType, O>(
  schema: S,
  run: (scene: Scene, input: z.output<S>) => O | Promise<O>,
): Verb<z.input<S>, O> => ({
  handle: async (scene, raw) => {
    const done = await run(scene, schema.parse(raw));
    return done;
  },
});
