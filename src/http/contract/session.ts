import { z } from "zod";
import { permissions } from "../../alert/permission.ts";

export const signIn = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(1000),
});

/** Who is signed in, and what they may do. */
export const sessionBody = z
  .object({
    user: z.object({ id: z.string(), email: z.string(), name: z.string(), role: z.string() }),
    permissions: z.array(z.enum(permissions)),
    commentRequired: z.boolean(),
  })
  .meta({ id: "Session" });
export type SessionBody = z.infer<typeof sessionBody>;

/** What a one-time link is for: a first admin makes themselves, others only choose a password. */
export const linkBody = z
  .object({
    kind: z.enum(["first_admin", "set_password"]),
    email: z.string().nullable(),
    name: z.string().nullable(),
  })
  .meta({ id: "PasswordLink" });
export type LinkBody = z.infer<typeof linkBody>;

export const linkToken = z.strictObject({ token: z.string().min(1).max(200) });

export const useLink = z.strictObject({
  token: z.string().min(1).max(200),
  password: z.string().min(12, "at least 12 characters").max(1000),
  /** Only for the first admin. */
  email: z.email().max(320).optional(),
  name: z.string().trim().min(1).max(100).optional(),
});
