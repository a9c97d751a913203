import { sql } from "kysely";
import type { Person } from "../alert/person.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";

/** The enabled user with this id or e-mail; a refusal that names who was looked for. */
export async function findAssignee(
  db: Database["kysely"] | Transaction,
  idOrEmail: string,
): Promise<Person | Refusal> {
  const { rows } = await sql<Person & { enabled: boolean }>`
    select id, email, name, enabled from users
    where id::text = ${idOrEmail.toLowerCase()} or lower(email) = ${idOrEmail.toLowerCase()}`.execute(db);
  const [user] = rows;
  if (!user) {
    return {
      refused: "invalid",
      field: "assignee",
      why: `No Tocsin user has the id or e-mail ${idOrEmail}.`,
    };
  }
  const { enabled, ...person } = user;
  if (!enabled) return { refused: "invalid", field: "assignee", why: `${user.name} is disabled in Tocsin.` };
  return person;
}
