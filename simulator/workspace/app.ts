import type { AppSettings } from "./app-settings.ts";

/** A Slack app, as it stands under *Your Apps*: what it says of itself, and its credentials. */
export type App = {
  id: string;
  name: string;
  description: string;
  /** The workspace it was made in. */
  teamId: string;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  /** The old shared secret that each payload still carries as `token`. */
  verificationToken: string;
  /** App-level tokens (`xapp-…`) and their scopes. */
  appTokens: Map<string, readonly string[]>;
  settings: AppSettings;
  /** Whether the request URL has given back a challenge; no events come before. Slack asks only when told to. */
  isVerified: boolean;
};
