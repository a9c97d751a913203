/** A Slack app and its one installation in this workspace. */
export type App = {
  id: string;
  name: string;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  /** The old shared secret that each payload still carries as `token`. */
  verificationToken: string;
  botId: string;
  botUserId: string;
  botToken: string;
  scopes: Set<string>;
  /** Types of events it subscribed to. */
  events: Set<string>;
  /** Where events and interactions go; nothing is sent while it is unset. */
  requestUrl: string | undefined;
  state: "installed" | "token_revoked" | "account_inactive";
};
