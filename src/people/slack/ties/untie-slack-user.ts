import type { Refusal } from "../../../alert/refusal.ts";
import { ring } from "../../../db/notify.ts";
import type { Transaction } from "../../../db/transaction.ts";
import { audit } from "../../audit.ts";
import type { Principal } from "../../principal.ts";
import { mayTie } from "./may-tie.ts";

/** From now on this Slack user is again whoever has their e-mail. */
export async function untieSlackUser(
  tx: Transaction,
  by: Principal,
  { userId, slackUserId }: { userId: string; slackUserId: string },
): Promise<Refusal | null> {
  const refused = await mayTie(tx, by, userId);
  if (refused) return refused;
  const gone = await tx
    .deleteFrom("slack_ties")
    .where("user_id", "=", userId)
    .where("slack_user_id", "=", slackUserId)
    .returning("installation_id as installationId")
    .execute();
  const [tie] = gone;
  if (!tie) return { refused: "not_found", why: "This user is tied to no such Slack user." };
  const data = { slackUserId, ...tie };
  await audit(tx, by, { action: "user.untied_from_slack", target: { type: "user", id: userId }, data });
  await ring(tx, { settings: "users" });
  return null;
}
