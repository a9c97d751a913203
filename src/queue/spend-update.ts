import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { recentUpdates, updateBudget } from "./update-budget.ts";

/** Other workers spend from the same budget at the same time. */
const tries = 3;

/**
 * Takes one `chat.update` from the budget of a workspace, for what is not a card. False if there is none left
 * of that kind, or if Slack has asked to wait.
 */
export async function spendUpdate(
  db: Database["kysely"],
  installationId: string,
  of: "any" | "touched",
): Promise<boolean> {
  for (let tried = 0; tried < tries; tried++) {
    const { rows } = await sql<{ updatesAt: Date[]; now: Date }>`
      select updates_at as "updatesAt", now() as now from installations
      where id = ${installationId} and updates_open_at <= now()`.execute(db);
    const [workspace] = rows;
    const budget = workspace ? updateBudget(workspace.updatesAt, workspace.now) : "none";
    if (!workspace || budget === "none" || (budget === "touched" && of === "any")) return false;
    const { updatesAt, now } = workspace;
    const spent = await sql`
      update installations set updates_at = ${[...recentUpdates(updatesAt, now), now]}::timestamptz[]
      where id = ${installationId} and updates_at = ${updatesAt}::timestamptz[] returning 1`.execute(db);
    if (spent.rows.length > 0) return true;
  }
  return false;
}
