import { z } from "zod";

export const actorBody = z
  .object({
    type: z.enum(["user", "token", "source", "system"]),
    id: z.string().nullable(),
    name: z.string(),
  })
  .meta({ id: "Actor" });

export const personBody = z
  .object({ id: z.string(), email: z.string(), name: z.string() })
  .meta({ id: "Person" });
