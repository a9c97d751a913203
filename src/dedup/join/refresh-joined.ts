import type { Hot, Statement } from "../../db/intake-transaction.ts";

/** An event count is no hurry: a stream of joins becomes one update every few seconds. */
const statement: Statement = {
  name: "refresh-joined",
  text: `
    update cards set update_due_at = coalesce(update_due_at, now() + interval '3 seconds'),
      update_wanted = update_wanted + 1
    where alert_id = any($1::uuid[]) and not gone`,
};

/** Marks the cards of alerts whose count has grown as due. */
export async function refreshJoined(hot: Hot, alertIds: readonly string[]): Promise<void> {
  await hot(statement, [alertIds]);
}
