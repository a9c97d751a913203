import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What every interaction carries: who did it, where, and for which app. */
export const envelope = ({ app, team }: Workspace, user: User) => ({
  user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
  api_app_id: app.id,
  token: app.verificationToken,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
});
