import { makeApp } from "../apps/create-app.ts";
import type { Manifest } from "../apps/manifest/schema/manifest.ts";
import type { App } from "../workspace/app.ts";

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

const manifest = (url: string | undefined): Manifest => ({
  display_information: { name: "Tocsin", description: "Alerts and how they are handled" },
  features: {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    },
    bot_user: { display_name: "Tocsin", always_online: true },
    shortcuts: [
      {
        name: "Add to alert",
        type: "message",
        callback_id: "add_to_alert",
        description: "Keep this with an alert",
      },
    ],
    slash_commands: [
      {
        command: "/tocsin",
        url,
        description: "List and show alerts",
        usage_hint: "help | list | show 1042",
        should_escape: true,
      },
    ],
  },
  oauth_config: { scopes: { bot: scopes, bot_optional: ["metadata.message:read"] } },
  settings: {
    event_subscriptions: {
      request_url: url,
      bot_events: events,
      metadata_subscriptions: [
        { app_id: "*", event_type: "tocsin_card" },
        { app_id: "*", event_type: "tocsin_digest" },
      ],
    },
    interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
    org_deploy_enabled: true,
    socket_mode_enabled: false,
    token_rotation_enabled: false,
  },
});

/** The app that stories use, with fixed credentials. */
export const tocsinApp = (requestUrl: string | undefined): App =>
  makeApp(manifest(requestUrl), {
    id: "A0TOCSIN01",
    teamId: "T0ACME0001",
    createdBy: "U0GRACE001",
    clientId: "1795600000001.1795600000002",
    clientSecret: "simulated-client-secret",
    signingSecret: "simulated-signing-secret",
    verificationToken: "simulated-verification-token",
    appTokens: new Map([["xapp-simulated-acme-tocsin", { name: "socket", scopes: ["connections:write"] }]]),
    isVerified: true,
  });
