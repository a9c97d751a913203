/** Whose somebody, or an installation, is. */
interface Belonging {
  teamId: string | null;
  enterpriseId: string | null;
}

/** Whether somebody belongs to the workspace or organisation of an installation, and not to another company. */
export function isMember(face: Belonging, installation: Belonging): boolean {
  const sameTeam = installation.teamId !== null && face.teamId === installation.teamId;
  const sameEnterprise =
    installation.enterpriseId !== null && face.enterpriseId === installation.enterpriseId;
  return sameTeam || sameEnterprise;
}
