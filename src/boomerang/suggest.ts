import type { Kysely } from "kysely";
import type { Alert } from "../alert/alert.ts";
import { toProfile } from "../connect/identity/identify.ts";
import type { Installation } from "../connect/installations/installations.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { whyUnreachable } from "./recipients.ts";

interface SuggestParts {
  db: Database["kysely"];
  client: Pick<SlackClient, "lookupByEmail">;
  installation: Installation;
}

/** The person whose email is in the alert, if they can be asked; null if none is found or Slack fails. */
export async function suggestPerson(
  { db, client, installation }: SuggestParts,
  { context }: Pick<Alert, "context">,
): Promise<{ id: string; name: string; email: string } | null> {
  const [email] = emailsIn(context, await emailFields(db));
  if (!email) return null;
  try {
    const user = await client.lookupByEmail(email);
    return user && !whyUnreachable(toProfile(user), installation)
      ? { id: user.id, name: user.name, email }
      : null;
  } catch (fault) {
    // The suggestion is optional: people can be chosen by hand.
    if (!(fault instanceof SlackFault)) throw fault;
    return null;
  }
}

/** Fields in which common detection tools put the person whom an alert is about. */
const defaultFields = [
  "user",
  "actor",
  "email",
  "userEmail",
  "user_email",
  "user.name",
  "userName",
  "alternateId",
  "userPrincipalName",
];

/** The context fields that identify a person: the setting `boomerangEmailFields`, else the defaults. */
export async function emailFields(db: Kysely<Tables>): Promise<string[]> {
  const setting = await db
    .selectFrom("settings")
    .select("value")
    .where("name", "=", "boomerang_email_fields")
    .executeTakeFirst();
  const fields: unknown = setting?.value;
  return Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : defaultFields;
}

export const email = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,24}$/;
const maxFound = 5;

/**
 * Emails in the alert's context whose path ends with one of `fields`, ignoring case (`email` also matches
 * `actor.email`). At most 5, the least nested first.
 */
export function emailsIn(context: Readonly<Record<string, unknown>>, fields: readonly string[]): string[] {
  return findIn(context, fields, (text) => email.test(text));
}

/** The texts in such fields that `isWanted`, likewise. */
export function findIn(
  context: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  isWanted: (text: string) => boolean,
): string[] {
  const wanted = fields.map((field) => `.${field.toLowerCase()}`);
  const found = new Set<string>();
  let level: [path: string, value: unknown][] = [["", context]];
  while (level.length > 0 && found.size < maxFound) {
    const next: typeof level = [];
    for (const [path, value] of level) {
      if (typeof value === "string" && isWanted(value) && wanted.some((field) => path.endsWith(field)))
        found.add(value);
      if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value))
          next.push([Array.isArray(value) ? path : `${path}.${key.toLowerCase()}`, inner]);
      }
    }
    level = next;
  }
  return [...found].slice(0, maxFound);
}
