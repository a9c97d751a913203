import type { SlackFace } from "./decide-identity.ts";
import type { Installation } from "./find-installation.ts";

/** Whether somebody belongs to the workspace or organisation of an installation, and not to another company. */
export function isMember(
  face: Pick<SlackFace, "teamId" | "enterpriseId">,
  installation: Pick<Installation, "teamId" | "enterpriseId">,
): boolean {
  const sameTeam = installation.teamId !== null && face.teamId === installation.teamId;
  const sameEnterprise =
    installation.enterpriseId !== null && face.enterpriseId === installation.enterpriseId;
  return sameTeam || sameEnterprise;
}
