import type { Manifest } from "../apps/manifest/schema/manifest.ts";
import type { AppSettings } from "./app-settings.ts";
import type { Place } from "./place.ts";

/** An app-level token (`xapp-…`). */
export type AppToken = { name: string; scopes: readonly string[] };

/** Somebody who may not install apps asks those who may. */
export type InstallRequest = {
  id: string;
  by: string;
  /** The workspace or organisation that it shall be installed in. */
  placeId: string;
  message: string;
  state: "waiting" | "approved" | "denied";
};

/** What somebody allowed and the app hasn't fetched its token for: good once, for ten minutes. */
export type OAuthCode = {
  place: Place;
  scopes: readonly string[];
  by: string;
  /** What the link to Slack named, if it did: the same has to be named for the token. */
  redirectUri: string | undefined;
  issuedAt: number;
};

/** A Slack app, as it stands under *Your Apps*: what it says of itself, and its credentials. */
export type App = {
  id: string;
  /** As its owner wrote it. What follows from it stands beside: change all with `changeManifest`. */
  manifest: Manifest;
  name: string;
  description: string;
  settings: AppSettings;
  icon: { type: string; bytes: Uint8Array } | undefined;
  /** The workspace it was made in, and by whom. */
  teamId: string;
  createdBy: string;
  clientId: string;
  clientSecret: string;
  /** The client secret before this one, which stays good for a day. */
  formerSecret: { secret: string; until: number } | undefined;
  signingSecret: string;
  /** The old shared secret that each payload still carries as `token`. */
  verificationToken: string;
  /** By token. */
  appTokens: Map<string, AppToken>;
  /** Whether the request URL has given back a challenge; no events come before. Slack asks only when told to. */
  isVerified: boolean;
  /** Whether workspaces outside its own organisation may install it. */
  isDistributed: boolean;
  requests: InstallRequest[];
  codes: Map<string, OAuthCode>;
};
