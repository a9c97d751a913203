import type { Kysely } from "kysely";
import type { Tables } from "../db/tables/tables.ts";

/** What the settings require of people and programs that close an alert. */
export interface ClosingRules {
  commentRequired: boolean;
  dispositionRequired: boolean;
}

/** The settings' names in the database. */
export const ruleNames = {
  commentRequired: "comment_required",
  dispositionRequired: "disposition_required",
} as const satisfies Record<keyof ClosingRules, string>;

export async function closingRules(db: Kysely<Tables>): Promise<ClosingRules> {
  const rows = await db
    .selectFrom("settings")
    .select(["name", "value"])
    .where("name", "in", Object.values(ruleNames))
    .execute();
  const isOn = (wanted: string) => rows.some(({ name, value }) => name === wanted && value === true);
  return {
    commentRequired: isOn(ruleNames.commentRequired),
    dispositionRequired: isOn(ruleNames.dispositionRequired),
  };
}
