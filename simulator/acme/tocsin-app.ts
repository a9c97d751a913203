import type { App } from "../workspace/app.ts";
import { appSettings } from "../workspace/app-settings.ts";

const scopes = [
  "chat:write",
  "commands",
  "channels:read",
  "groups:read",
  "users:read",
  "users:read.email",
  "app_mentions:read",
  "im:write",
  "metadata.message:read",
];

const events = [
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "tokens_revoked",
  "team_access_granted",
  "team_access_revoked",
  "member_joined_channel",
  "member_left_channel",
  "channel_archive",
  "channel_deleted",
  "channel_id_changed",
  "channel_left",
  "channel_rename",
  "channel_unarchive",
  "group_archive",
  "group_deleted",
  "group_left",
  "group_rename",
  "group_unarchive",
  "message_metadata_posted",
];

/** The app that stories find installed, with the credentials that they know. */
export const tocsinApp = (requestUrl: string | undefined): App => ({
  id: "A0TOCSIN01",
  name: "Tocsin",
  description: "Alerts, and what becomes of them",
  teamId: "T0ACME0001",
  clientId: "1795600000001.1795600000002",
  clientSecret: "simulated-client-secret",
  signingSecret: "simulated-signing-secret",
  verificationToken: "simulated-verification-token",
  appTokens: new Map([["xapp-simulated-acme-tocsin", ["connections:write"]]]),
  isVerified: true,
  settings: appSettings({
    botName: "Tocsin",
    scopes,
    optionalScopes: ["metadata.message:read"],
    events: new Set(events),
    metadata: [
      { appId: "*", eventType: "tocsin_card" },
      { appId: "*", eventType: "tocsin_digest" },
    ],
    requestUrl,
    interactivityUrl: requestUrl,
    optionsUrl: requestUrl,
    commands: [
      {
        command: "/tocsin",
        description: "Alerts at hand",
        usageHint: "help | list | show 1042",
        url: requestUrl,
        shouldEscape: true,
      },
    ],
    shortcuts: [
      {
        name: "Add to alert",
        callbackId: "add_to_alert",
        type: "message",
        description: "Keep this with an alert",
      },
    ],
    orgDeploy: true,
    homeTab: true,
    messagesReadOnly: true,
  }),
});
