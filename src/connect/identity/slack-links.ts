import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { notify } from "../../db/notify.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../../people/audit.ts";
import { decideChange } from "../../people/change-user.ts";
import type { Principal } from "../../people/principal.ts";
import { findUser, lockPeople } from "../../people/users.ts";
import type { SlackUser } from "../../slack/client/workspace.ts";
import type { Installation } from "../installations/installations.ts";
import { isMember } from "./decide-identity.ts";
import { asFace, rememberSlackUser } from "./identify.ts";

interface SlackLink {
  userId: string;
  installation: Installation;
  /** As read from Slack just now; null if Slack shows nobody of that id. */
  slackUser: SlackUser | null;
  now: Date;
}

/** From now on this Slack user is that Tocsin user, whatever their e-mail in Slack; a tie of either ends. */
export async function linkSlackUser(
  tx: Transaction,
  by: Principal,
  { userId, installation, slackUser, now }: SlackLink,
): Promise<Refusal | null> {
  const refused = (await mayLink(tx, by, userId)) ?? whyNotLinked(slackUser, installation);
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
  await notify(tx, { settings: "users" });
  return null;
}

/** Who says which Slack user somebody is could act as them: it takes every permission that they have. */
async function mayLink(tx: Transaction, by: Principal, userId: string): Promise<Refusal | null> {
  await lockPeople(tx);
  const user = await findUser(tx, userId);
  return isRefusal(user) ? user : decideChange(by, { before: user, after: user }, 1);
}

/** From now on this Slack user is again whoever has their e-mail. */
export async function unlinkSlackUser(
  tx: Transaction,
  by: Principal,
  { userId, slackUserId }: { userId: string; slackUserId: string },
): Promise<Refusal | null> {
  const refused = await mayLink(tx, by, userId);
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
  await notify(tx, { settings: "users" });
  return null;
}

/** Why a Slack user could not act even when tied; null for an active full member. */
function whyNotLinked(
  user: SlackUser | null,
  installation: Pick<Installation, "teamId" | "enterpriseId">,
): Refusal | null {
  const why = reason(user, installation);
  return why === null ? null : { refused: "invalid", why, field: "slackUserId" };
}

function reason(
  user: SlackUser | null,
  installation: Pick<Installation, "teamId" | "enterpriseId">,
): string | null {
  if (!user)
    return "Slack shows nobody of this member ID in the workspace. Copy it from their profile in Slack.";
  const face = asFace(user);
  if (!isMember(face, installation))
    return `${user.name} belongs to another workspace or company. Only full members can act on alerts.`;
  if (face.deleted) return `${user.name} is deactivated in Slack. Nobody can act by that account.`;
  if (face.isBot) return `${user.name} is an app. Only people can act on alerts.`;
  if (face.isGuest) return `${user.name} is a guest. Only full members can act on alerts.`;
  return null;
}
