import type { App, Place } from "./app.ts";

/** An app as it was installed: its bot, its token, and what it was granted. */
export type Installation = {
  app: App;
  place: Place;
  botId: string;
  botUserId: string;
  botToken: string;
  scopes: Set<string>;
  /** What the manifest asked for when it was installed, withheld or not: what it asks since then doesn't count yet. */
  asked: ReadonlySet<string>;
  state: "installed" | "token_revoked" | "token_expired" | "account_inactive";
  /** Whether admins have taken the app from people; it can write to nobody then. */
  isRestricted: boolean;
};

/** Whether an installation reaches into a workspace. */
export const reaches = ({ place }: Installation, teamId: string): boolean =>
  place.kind === "workspace" ? place.teamId === teamId : place.teams.has(teamId);
