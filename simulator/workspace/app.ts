import type { Manifest } from "../apps/manifest/schema/manifest.ts";

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

/** A word that people may type in the composer, as `/tocsin`. */
export type SlashCommand = {
  command: string;
  description: string;
  usageHint: string;
  /** Where it is sent; unset in Socket Mode. */
  url: string | undefined;
  /** Whether mentions in its text come as `<@U…>` and `<#C…>`. */
  shouldEscape: boolean;
};

/** An entry of the shortcuts menu (`global`) or of a message's own menu (`message`). */
type Shortcut = { name: string; callbackId: string; type: "global" | "message"; description: string };

/** What an app's manifest means. Scopes count only from the next installation on. */
export type AppSettings = {
  botName: string;
  /** Bot scopes it asks for, and those of them that whoever installs it may withhold. */
  scopes: readonly string[];
  optionalScopes: readonly string[];
  /** Events it subscribed to, by the names of the manifest, as `message.channels`. */
  events: ReadonlySet<string>;
  /** Which metadata of messages it wants to hear of; `*` is any app. */
  metadata: readonly { appId: string; eventType: string }[];
  /** Where events go; nothing is sent while it is unset. Socket Mode takes the place of all addresses. */
  requestUrl: string | undefined;
  /** Where clicks and dialogs go; for option loading `optionsUrl`, when it is set, goes before. */
  interactivityUrl: string | undefined;
  optionsUrl: string | undefined;
  commands: readonly SlashCommand[];
  shortcuts: readonly Shortcut[];
  redirectUrls: readonly string[];
  socketMode: boolean;
  orgDeploy: boolean;
  homeTab: boolean;
  messagesTab: boolean;
  messagesReadOnly: boolean;
};

/** Where an app is installed: in one workspace, or in an organisation that lets it into some of its own. */
export type Place =
  | { kind: "workspace"; teamId: string }
  | {
      kind: "organisation";
      enterpriseId: string;
      teams: Set<string>;
      /** Whether workspaces that come to be later let the app in by themselves. */
      addsFuture: boolean;
    };
