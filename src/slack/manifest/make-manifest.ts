import { createHash } from "node:crypto";
import { stringify } from "yaml";
import { optionalScopes, requiredScopes, type Scope } from "../scopes.ts";

/** What somebody chooses of the Slack app before it is made. */
export interface ManifestSettings {
  mode: "http" | "socket";
  threadMirror: boolean;
  /** To be installed for a whole Enterprise organisation. */
  orgWide: boolean;
}

export type Manifest = ReturnType<typeof makeManifest>;

/**
 * The app manifest for this installation (https://docs.slack.dev/reference/app-manifest). In Socket Mode Slack
 * calls no address, so that none stands there but OAuth's, which people's browsers open.
 */
export function makeManifest(publicUrl: string, settings: ManifestSettings) {
  const called = settings.mode === "http" ? `${publicUrl}/slack/events` : undefined;
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: "Tocsin",
      description: "Security alerts: announced, triaged and answered in Slack",
      background_color: "#5b3a1e",
      long_description: longDescription,
    },
    features: features(called),
    oauth_config: {
      redirect_urls: [`${publicUrl}/slack/oauth_redirect`],
      scopes: scopes(settings),
    },
    settings: {
      event_subscriptions: {
        ...(called && { request_url: called }),
        bot_events: events(settings),
        // Slack tells of other apps' messages too; whoever reads the event compares the app.
        metadata_subscriptions: metadataEventTypes.map((event_type) => ({ app_id: "*", event_type })),
      },
      interactivity: {
        is_enabled: true,
        ...(called && { request_url: called, message_menu_options_url: called }),
      },
      org_deploy_enabled: settings.orgWide,
      socket_mode_enabled: settings.mode === "socket",
      // A pasted token must not expire, and rotation can't be switched off again.
      token_rotation_enabled: false,
    },
  };
}

/** Slack wants 175 characters at least. */
const longDescription =
  "Tocsin posts the alerts of your detection tools as cards, lets your team assign, resolve and comment on them " +
  "here, and asks colleagues “was this you?”. It runs on your own server: no data leaves it for anybody else.";

function features(called: string | undefined) {
  return {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      // Answers come by buttons and dialogs: reading what people write would need im:history.
      messages_tab_read_only_enabled: true,
    },
    bot_user: { display_name: "tocsin", always_online: true },
    shortcuts: [
      {
        name: "Add to alert",
        type: "message",
        callback_id: "add_to_alert",
        description: "Keep this message as a comment of an alert",
      },
    ],
    slash_commands: [
      {
        command: "/tocsin",
        ...(called && { url: called }),
        description: "List, show, assign and resolve alerts",
        usage_hint: "help | list | show 1042 | assign 1042 @grace | resolve 1042",
        should_escape: true,
      },
    ],
  };
}

function scopes({ threadMirror }: ManifestSettings) {
  const required = requiredScopes(threadMirror ? "with-mirror" : "without-mirror");
  const optional = optionalScopes.map(({ name }) => name);
  return { bot: [...required.map(({ name }) => name), ...optional], bot_optional: optional };
}

function events({ threadMirror, orgWide }: ManifestSettings): string[] {
  const on = { "thread-mirror": threadMirror, "org-wide": orgWide };
  return subscribedEvents.filter(({ only }) => !only || on[only]).map(({ name }) => name);
}

/** Where people make and keep their Slack apps: Slack's own page, or the stand-in of a pretended Slack. */
export function yourApps(slackApiUrl: string): string {
  const { hostname, origin } = new URL(slackApiUrl);
  const [, slack] = /(?:^|\.)(slack(?:-gov)?\.com)$/.exec(hostname) ?? [];
  return slack ? `https://api.${slack}/apps` : `${origin}/apps`;
}

/** The link that opens Slack's dialog for a new app with the manifest filled in. */
export function createAppLink(slackApiUrl: string, yaml: string): string {
  return `${yourApps(slackApiUrl)}?new_app=1&manifest_yaml=${encodeURIComponent(yaml)}`;
}

/** An event that Tocsin acts on, and the scopes of which Slack wants one for it. */
interface SubscribedEvent {
  name: string;
  scopes: readonly string[];
  /** The switch that adds it; always there without one. */
  only?: "thread-mirror" | "org-wide";
}

/** Slack's own list is https://docs.slack.dev/reference/events. Private channels have events of their own. */
export const subscribedEvents: readonly SubscribedEvent[] = [
  { name: "app_home_opened", scopes: [] },
  { name: "app_mention", scopes: ["app_mentions:read"] },
  { name: "app_uninstalled", scopes: [] },
  { name: "tokens_revoked", scopes: [] },
  { name: "member_joined_channel", scopes: ["channels:read", "groups:read"] },
  { name: "channel_left", scopes: ["channels:read"] },
  { name: "group_left", scopes: ["groups:read"] },
  { name: "channel_rename", scopes: ["channels:read"] },
  { name: "group_rename", scopes: ["groups:read"] },
  { name: "channel_archive", scopes: ["channels:read"] },
  { name: "group_archive", scopes: ["groups:read"] },
  { name: "channel_unarchive", scopes: ["channels:read"] },
  { name: "group_unarchive", scopes: ["groups:read"] },
  { name: "channel_deleted", scopes: ["channels:read"] },
  { name: "group_deleted", scopes: ["groups:read"] },
  { name: "channel_id_changed", scopes: ["channels:read"] },
  { name: "message_metadata_posted", scopes: ["metadata.message:read"] },
  { name: "team_access_granted", scopes: [], only: "org-wide" },
  { name: "team_access_revoked", scopes: [], only: "org-wide" },
  { name: "message.channels", scopes: ["channels:history"], only: "thread-mirror" },
  { name: "message.groups", scopes: ["groups:history"], only: "thread-mirror" },
];

/** The metadata that Tocsin's own messages carry, which bring a `message_metadata_posted`. */
const metadataEventTypes: readonly string[] = ["tocsin_card"];

/** What somebody who may not install apps sends along with *Request to Install*. */
export function requestText({ publicUrl, mirror }: { publicUrl: string; mirror: boolean }): string {
  const required = requiredScopes(mirror ? "with-mirror" : "without-mirror");
  return [
    "Please approve Tocsin, our own alert desk: it posts security alerts to the channels that it is invited to, and lets the team assign and resolve them there.",
    `It runs on our own server (${publicUrl}); no other company gets any data.`,
    "It asks for these scopes:",
    ...required.map(bullet),
    "And, if you like:",
    ...optionalScopes.map((scope) => `${bullet(scope)} (optional: without it ${scope.cost})`),
    "Please approve it, but do not install it yet: I need to install it to complete the set-up.",
  ].join("\n");
}

function bullet({ name, reason }: Scope): string {
  return `• ${name}: ${reason}`;
}

/** A manifest as the texts that Slack takes, and the hash by which one is known again. */
export interface WrittenManifest {
  yaml: string;
  json: string;
  hash: string;
}

export function writeManifest(manifest: Manifest): WrittenManifest {
  // Folded lines would differ where nothing has changed.
  const yaml = stringify(manifest, { lineWidth: 0 });
  const hash = createHash("sha256").update(yaml).digest("hex");
  return { yaml, json: `${JSON.stringify(manifest, null, 2)}\n`, hash };
}
