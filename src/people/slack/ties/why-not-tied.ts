import type { Refusal } from "../../../alert/refusal.ts";
import type { SlackUser } from "../../../slack/client/people.ts";
import { asFace } from "../as-face.ts";
import type { Installation } from "../find-installation.ts";
import { isMember } from "../is-member.ts";

/** Why a Slack user could not act even when tied; null for an active full member. */
export function whyNotTied(
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
