import type { App, InstallTarget } from "./app.ts";

/** An installed app: its bot, its token and its granted scopes. */
export type Installation = {
  app: App;
  target: InstallTarget;
  botId: string;
  botUserId: string;
  botToken: string;
  scopes: Set<string>;
  /** The scopes in the manifest at the time of the installation, including withheld ones. */
  asked: ReadonlySet<string>;
  state: "installed" | "token_revoked" | "token_expired" | "account_inactive";
  /** Whether admins have restricted the app; it then can't message anyone. */
  isRestricted: boolean;
};

/** Whether an installation has access to a workspace. */
export const hasAccess = ({ target }: Installation, teamId: string): boolean =>
  target.kind === "workspace" ? target.teamId === teamId : target.teams.has(teamId);
