import type { Manifest } from "../apps/manifest/schema/manifest.ts";

/** An app-level token (`xapp-…`). */
export type AppToken = { name: string; scopes: readonly string[] };

/** A request to the admins to approve the installation of an app. */
export type InstallRequest = {
  id: string;
  by: string;
  /** The workspace or organisation to install the app in. */
  targetId: string;
  message: string;
  state: "waiting" | "approved" | "denied";
};

/** An approval that the app has not yet exchanged for a token. Valid once, for ten minutes. */
export type OAuthCode = {
  target: InstallTarget;
  scopes: readonly string[];
  by: string;
  /** The redirect URI of the link to Slack, if it had one; the exchange must name the same one. */
  redirectUri: string | undefined;
  issuedAt: number;
};

/** A Slack app as *Your Apps* shows it: its manifest, settings and credentials. */
export type App = {
  id: string;
  /** As its owner wrote it. Name, description and settings are derived from it; use `changeManifest` to change it. */
  manifest: Manifest;
  name: string;
  description: string;
  settings: AppSettings;
  icon: { type: string; bytes: Uint8Array } | undefined;
  /** The workspace in which the app was created. */
  teamId: string;
  createdBy: string;
  clientId: string;
  clientSecret: string;
  /** The previous client secret, which stays valid for a day. */
  formerSecret: { secret: string; until: number } | undefined;
  signingSecret: string;
  /** The deprecated shared secret that every payload still carries as `token`. */
  verificationToken: string;
  /** App-level tokens, keyed by the token itself. */
  appTokens: Map<string, AppToken>;
  /** Whether the request URL has answered a challenge. Slack sends no events before, and checks only when asked to. */
  isVerified: boolean;
  /** Whether workspaces outside its own organisation may install the app. */
  isDistributed: boolean;
  requests: InstallRequest[];
  codes: Map<string, OAuthCode>;
};

/** A slash command, such as `/tocsin`. */
export type SlashCommand = {
  command: string;
  description: string;
  usageHint: string;
  /** Where Slack sends the command; unset in Socket Mode. */
  url: string | undefined;
  /** Whether mentions in its text are sent as `<@U…>` and `<#C…>`. */
  shouldEscape: boolean;
};

/** An entry of the shortcuts menu (`global`) or of a message's own menu (`message`). */
type Shortcut = { name: string; callbackId: string; type: "global" | "message"; description: string };

/** The settings from an app's manifest. Scopes take effect at the next installation. */
export type AppSettings = {
  botName: string;
  /** The bot scopes that the app asks for. */
  scopes: readonly string[];
  /** Those of `scopes` that the person who installs the app may withhold. */
  optionalScopes: readonly string[];
  /** Subscribed events, under the names of the manifest, such as `message.channels`. */
  events: ReadonlySet<string>;
  /** Metadata subscriptions; the `appId` `*` stands for any app. */
  metadata: readonly { appId: string; eventType: string }[];
  /** Where events go; none are sent while it is unset. In Socket Mode no URL is used. */
  requestUrl: string | undefined;
  /** Where interactions go, and requests for options unless `optionsUrl` is set. */
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

/** Where an app is installed: in one workspace, or in an organisation and some of its workspaces. */
export type InstallTarget =
  | { kind: "workspace"; teamId: string }
  | {
      kind: "organisation";
      enterpriseId: string;
      teams: Set<string>;
      /** Whether workspaces that are added later get the app automatically. */
      addsFuture: boolean;
    };
