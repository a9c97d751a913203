import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";

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
