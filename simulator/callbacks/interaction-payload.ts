import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What every interaction carries: who did it, where, and for which app. An organisation's app is told no team. */
export const envelope = ({ team, enterprise }: Workspace, { app, place }: Installation, user: User) => {
  const isOrgWide = place.kind === "organisation";
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: app.id,
    token: app.verificationToken,
    team: isOrgWide
      ? null
      : {
          id: team.id,
          domain: team.domain,
          ...(enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
        },
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: isOrgWide,
  };
};
