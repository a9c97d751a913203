import type { Kysely } from "kysely";
import type { Alert } from "../alert/alert.ts";
import { asFace } from "../connect/identity/identify.ts";
import type { Installation } from "../connect/installations/installations.ts";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { whyUnreachable } from "./recipients.ts";

interface Suggesting {
  db: Database["kysely"];
  client: Pick<SlackClient, "lookupByEmail">;
  installation: Installation;
}

/** The person whose e-mail stands in the alert, if they can be asked. Offered only: nobody is asked without a click. */
export async function suggest(
  { db, client, installation }: Suggesting,
  { context }: Pick<Alert, "context">,
): Promise<{ id: string; name: string; email: string } | null> {
  const [email] = emailsIn(context, await emailFields(db));
  if (!email) return null;
  try {
    const user = await client.lookupByEmail(email);
    return user && !whyUnreachable(asFace(user), installation)
      ? { id: user.id, name: user.name, email }
      : null;
  } catch (fault) {
    // A suggestion less; who is asked is chosen by hand then.
    if (!(fault instanceof SlackFault)) throw fault;
    return null;
  }
}

/** Where detection tools name the person whom an alert is about. */
const usual = [
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

/** The fields of an alert's context that name whom to ask, as the installation has set them. */
export async function emailFields(db: Kysely<Tables>): Promise<string[]> {
  const setting = await db
    .selectFrom("settings")
    .select("value")
    .where("name", "=", "boomerang_email_fields")
    .executeTakeFirst();
  const fields: unknown = setting?.value;
  return Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : usual;
}

const email = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,24}$/;
const mostFound = 5;

/**
 * The e-mails that stand in an alert's context under one of these field names, as `actor.email` or `email`
 * alone: the nearest to the top first. The name is compared with the end of the path, without regard to case.
 */
export function emailsIn(context: Readonly<Record<string, unknown>>, fields: readonly string[]): string[] {
  const wanted = fields.map((field) => `.${field.toLowerCase()}`);
  const found = new Set<string>();
  let level: [path: string, value: unknown][] = [["", context]];
  while (level.length > 0 && found.size < mostFound) {
    const next: typeof level = [];
    for (const [path, value] of level) {
      if (typeof value === "string" && email.test(value) && wanted.some((field) => path.endsWith(field)))
        found.add(value);
      if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value))
          next.push([Array.isArray(value) ? path : `${path}.${key.toLowerCase()}`, inner]);
      }
    }
    level = next;
  }
  return [...found].slice(0, mostFound);
}
