import type { SlackFace } from "../../connect/identity/decide-identity.ts";
import type { Installation } from "../../people/slack/find-installation.ts";
import { isMember } from "../../people/slack/is-member.ts";

/** Why somebody can't be asked, to follow their name; null if they can. */
export function whyUnreachable(
  face: SlackFace | null,
  installation: Pick<Installation, "teamId" | "enterpriseId">,
): string | null {
  if (!face) return "Slack knows nobody of this name here";
  if (face.deleted) return "their Slack account is deactivated";
  if (face.isBot) return "it is a bot";
  if (!isMember(face, installation)) return "they belong to another company or workspace";
  if (face.isGuest) return "they are a guest of this workspace";
  return null;
}
