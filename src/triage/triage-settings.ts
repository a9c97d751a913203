import type { Kysely } from "kysely";
import type { Tables } from "../db/tables/tables.ts";
import { emailFields } from "./boomerang/email-fields.ts";
import { commentRequired } from "./comment-required.ts";

/** What holds for the triage of every alert. */
export interface TriageSettings {
  /** Whoever resolves an alert or calls it Invalid must say why. */
  commentRequired: boolean;
  /** Where an alert's context may name the person to ask. */
  boomerangEmailFields: string[];
}

export async function readTriageSettings(db: Kysely<Tables>): Promise<TriageSettings> {
  return { commentRequired: await commentRequired(db), boomerangEmailFields: await emailFields(db) };
}
