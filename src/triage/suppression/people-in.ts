import type { Alert } from "../../alert/alert.ts";
import { emailsIn } from "../boomerang/emails-in.ts";

/** Whom an alert or a report is about, by e-mail in small letters. */
export function peopleIn({ context }: Pick<Alert, "context">, fields: readonly string[]): string[] {
  return [...new Set(emailsIn(context, fields).map((email) => email.toLowerCase()))];
}
