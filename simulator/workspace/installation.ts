import type { App } from "./app.ts";

/** Where an app is installed: in one workspace, or in an organisation that lets it into some of its own. */
export type Place =
  | { kind: "workspace"; teamId: string }
  | { kind: "organisation"; enterpriseId: string; teams: Set<string> };

/** An app as it was installed: its bot, its token, and what it was granted. */
export type Installation = {
  app: App;
  place: Place;
  botId: string;
  botUserId: string;
  botToken: string;
  scopes: Set<string>;
  state: "installed" | "token_revoked" | "account_inactive";
};

/** Whether an installation reaches into a workspace. */
export const reaches = ({ place }: Installation, teamId: string): boolean =>
  place.kind === "workspace" ? place.teamId === teamId : place.teams.has(teamId);
