import { z } from "zod";

/** By which else a thing is found than its name: its id, or the name that it had. */
export const readableId = {
  id: z.uuid("must be the id of the thing in Tocsin; leave it out to match by name").optional(),
  was: z.string().trim().min(1).optional(),
};
