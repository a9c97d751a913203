import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { notify } from "../../db/notify.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../../people/audit-log/audit.ts";
import { wantedChanges } from "../../people/audit-log/changes.ts";
import { decideChange } from "../../people/change-user.ts";
import type { Principal } from "../../people/principal.ts";
import { findUser, lockPeople } from "../../people/users.ts";
import type { SlackUser } from "../../slack/client/workspace.ts";
import type { Installation } from "../installations/installations.ts";
import { isMember } from "./decide-identity.ts";
import { storeSlackUser, toProfile } from "./identify.ts";

interface SlackLink {
  userId: string;
  installation: Installation;
  /** As just read from Slack; null if Slack shows no such person. */
  slackUser: SlackUser | null;
  now: Date;
}

/** Links a Slack user to a Tocsin user, whatever their email in Slack. Replaces earlier links of either. */
export async function linkSlackUser(
  tx: Transaction,
  by: Principal,
  { userId, installation, slackUser, now }: SlackLink,
): Promise<Refusal | null> {
  const refused = (await mayLink(tx, by, userId)) ?? whyNotLinked(slackUser, installation);
  if (refused || !slackUser) return refused;
  await storeSlackUser(tx, installation.id, slackUser, now);
  await tx
    .deleteFrom("slack_ties")
    .where("installation_id", "=", installation.id)
    .where((where) => where.or([where("user_id", "=", userId), where("slack_user_id", "=", slackUser.id)]))
    .execute();
  const link = {
    installation_id: installation.id,
    slack_user_id: slackUser.id,
    user_id: userId,
    tied_at: now,
  };
  await tx.insertInto("slack_ties").values(link).execute();
  const target = { type: "user", id: userId } as const;
  const changes = wantedChanges({
    slackUserId: slackUser.id,
    installationId: installation.id,
    name: slackUser.name,
  });
  await audit(tx, by, { action: "user.tied_to_slack", target, changes });
  await notify(tx, { settings: "users" });
  return null;
}

/** Linking lets a Slack user act as this user, so it needs every permission that the user has. */
async function mayLink(tx: Transaction, by: Principal, userId: string): Promise<Refusal | null> {
  await lockPeople(tx);
  const user = await findUser(tx, userId);
  return isRefusal(user) ? user : decideChange(by, { before: user, after: user }, 1);
}

/** Removes a link. The Slack user is then identified by email again. */
export async function unlinkSlackUser(
  tx: Transaction,
  by: Principal,
  { userId, slackUserId }: { userId: string; slackUserId: string },
): Promise<Refusal | null> {
  const refused = await mayLink(tx, by, userId);
  if (refused) return refused;
  const deleted = await tx
    .deleteFrom("slack_ties")
    .where("user_id", "=", userId)
    .where("slack_user_id", "=", slackUserId)
    .returning("installation_id as installationId")
    .execute();
  const [link] = deleted;
  if (!link) return { refused: "not_found", why: "This user is not linked to that Slack user." };
  const target = { type: "user", id: userId } as const;
  const changes = { slackUserId: { from: slackUserId, to: null } };
  await audit(tx, by, { action: "user.untied_from_slack", target, changes, data: link });
  await notify(tx, { settings: "users" });
  return null;
}

/** Why a Slack user can't be linked; null for an active full member. */
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
    return "Slack has nobody with this member ID in the workspace. Copy it from their profile in Slack.";
  const profile = toProfile(user);
  if (!isMember(profile, installation))
    return `${user.name} belongs to another workspace or company. Only full members can act on alerts.`;
  if (profile.deleted) return `${user.name} is deactivated in Slack. Only active people can act on alerts.`;
  if (profile.isBot) return `${user.name} is an app. Only people can act on alerts.`;
  if (profile.isGuest) return `${user.name} is a guest. Only full members can act on alerts.`;
  return null;
}
