import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { noteChange } from "../note-change.ts";

interface Trust {
  id: string;
  trusted: boolean;
}

/** Lets the e-mails of a workspace or organisation say who acts, or no more. */
export async function trustInstallation(
  db: Database,
  { id, trusted }: Trust,
  by: Principal,
): Promise<Trust | Refusal> {
  return transaction(db, async (tx) => {
    const found = await tx
      .updateTable("installations")
      .set({ trusted })
      .where("id", "=", id)
      .returning(["team_name", "enterprise_name"])
      .executeTakeFirst();
    if (!found) return { refused: "not_found", why: "The Slack app has no such installation." };
    await noteChange(tx, by, {
      what: "slack-app",
      action: trusted ? "slack_app.trusted" : "slack_app.distrusted",
      target: { type: "installation", id },
      data: { name: found.team_name ?? found.enterprise_name },
    });
    return { id, trusted };
  });
}
