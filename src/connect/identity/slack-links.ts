import type { Refusal } from "../../alert/refusal.ts";
import { ring } from "../../db/notify.ts";
import type { Transaction } from "../../db/transaction.ts";
import type { SlackUser } from "../../slack/client/people.ts";
import { audit } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import type { Installation } from "../../people/slack/find-installation.ts";
import { rememberSlackUser } from "../../people/slack/remember-slack-user.ts";
import { mayTie } from "../../people/slack/ties/may-tie.ts";
import { whyNotTied } from "../../people/slack/ties/why-not-tied.ts";

interface Tie {
  userId: string;
  installation: Installation;
  /** As read from Slack just now; null if Slack shows nobody of that id. */
  slackUser: SlackUser | null;
  now: Date;
}

/** From now on this Slack user is that Tocsin user, whatever their e-mail in Slack; a tie of either ends. */
export async function tieSlackUser(
  tx: Transaction,
  by: Principal,
  { userId, installation, slackUser, now }: Tie,
): Promise<Refusal | null> {
  const refused = (await mayTie(tx, by, userId)) ?? whyNotTied(slackUser, installation);
  if (refused || !slackUser) return refused;
  await rememberSlackUser(tx, installation.id, slackUser, now);
  await tx
    .deleteFrom("slack_ties")
    .where("installation_id", "=", installation.id)
    .where((where) => where.or([where("user_id", "=", userId), where("slack_user_id", "=", slackUser.id)]))
    .execute();
  const tie = {
    installation_id: installation.id,
    slack_user_id: slackUser.id,
    user_id: userId,
    tied_at: now,
  };
  await tx.insertInto("slack_ties").values(tie).execute();
  const data = { slackUserId: slackUser.id, installationId: installation.id, name: slackUser.name };
  await audit(tx, by, { action: "user.tied_to_slack", target: { type: "user", id: userId }, data });
  await ring(tx, { settings: "users" });
  return null;
}
