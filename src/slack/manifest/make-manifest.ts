import { createHash } from "node:crypto";
import { optionalScopes, requiredScopes, type Scope } from "../scopes.ts";

/** Choices about the Slack app that decide what its manifest holds. */
export interface ManifestSettings {
  mode: "http" | "socket";
  threadMirror: boolean;
  /** Whether the app will be installed for a whole Enterprise organisation. */
  orgWide: boolean;
}

export type Manifest = ReturnType<typeof makeManifest>;

/**
 * The app manifest for this server (https://docs.slack.dev/reference/app-manifest). In Socket Mode Slack calls no
 * address, so the manifest holds only the redirect URL of OAuth.
 */
export function makeManifest(publicUrl: string, settings: ManifestSettings) {
  const requestUrl = settings.mode === "http" ? `${publicUrl}/slack/events` : undefined;
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: "Tocsin",
      description: "Security alerts: announced, triaged and answered in Slack",
      background_color: "#5b3a1e",
      long_description: longDescription,
    },
    features: features(requestUrl),
    oauth_config: {
      redirect_urls: [`${publicUrl}/slack/oauth_redirect`],
      scopes: scopes(settings),
    },
    settings: {
      event_subscriptions: {
        ...(requestUrl && { request_url: requestUrl }),
        bot_events: events(settings),
        // Slack sends these for other apps' messages too; the event handler compares the app.
        metadata_subscriptions: metadataEventTypes.map((event_type) => ({ app_id: "*", event_type })),
      },
      interactivity: {
        is_enabled: true,
        ...(requestUrl && { request_url: requestUrl, message_menu_options_url: requestUrl }),
      },
      org_deploy_enabled: settings.orgWide,
      socket_mode_enabled: settings.mode === "socket",
      // A pasted token must not expire, and rotation can't be turned off again.
      token_rotation_enabled: false,
    },
  };
}

/** Slack requires at least 175 characters. */
const longDescription =
  "Tocsin posts the alerts of your detection tools as cards, lets your team assign, resolve and comment on them " +
  "here, and asks colleagues “was this you?”. It runs on your own server and sends no data to anyone else.";

function features(requestUrl: string | undefined) {
  return {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      // People answer by buttons and dialogs; reading their messages would need im:history.
      messages_tab_read_only_enabled: true,
    },
    bot_user: { display_name: "tocsin", always_online: true },
    shortcuts: [
      {
        name: "Add to alert",
        type: "message",
        callback_id: "add_to_alert",
        description: "Add this message to an alert as a comment",
      },
    ],
    slash_commands: [
      {
        command: "/tocsin",
        ...(requestUrl && { url: requestUrl }),
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

/** The page of the person's Slack apps, in Slack or in the simulator. */
export function appsPageUrl(slackApiUrl: string): string {
  const { hostname, origin } = new URL(slackApiUrl);
  const [, slack] = /(?:^|\.)(slack(?:-gov)?\.com)$/.exec(hostname) ?? [];
  return slack ? `https://api.${slack}/apps` : `${origin}/apps`;
}

/** The link that opens Slack's dialog for a new app with the manifest filled in. */
export function createAppLink(slackApiUrl: string, yaml: string): string {
  return `${appsPageUrl(slackApiUrl)}?new_app=1&manifest_yaml=${encodeURIComponent(yaml)}`;
}

/** An event that Tocsin handles. Slack requires one of `scopes` for it. */
interface SubscribedEvent {
  name: string;
  scopes: readonly string[];
  /** The setting that adds it; undefined if it is always subscribed. */
  only?: "thread-mirror" | "org-wide";
}

/** Slack lists its events at https://docs.slack.dev/reference/events. Private channels have their own. */
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

/** Metadata types of Tocsin's own messages, for which Slack sends `message_metadata_posted`. */
const metadataEventTypes: readonly string[] = ["tocsin_card"];

/** The text that a person sends with *Request to Install* if they may not install apps. */
export function requestText({ publicUrl, mirror }: { publicUrl: string; mirror: boolean }): string {
  const required = requiredScopes(mirror ? "with-mirror" : "without-mirror");
  return [
    "Please approve Tocsin, our self-hosted alert desk. It posts security alerts to the channels that it is invited to and lets the team assign and resolve them there.",
    `It runs on our own server (${publicUrl}) and sends no data to any other company.`,
    "It needs these scopes:",
    ...required.map(bullet),
    "Optional:",
    ...optionalScopes.map((scope) => `${bullet(scope)} (without it ${scope.cost})`),
    "Please approve it but don't install it yet: I have to install it myself to complete the setup.",
  ].join("\n");
}

function bullet({ name, reason }: Scope): string {
  return `• ${name}: ${reason}`;
}

/** A manifest as YAML and JSON, with a hash of the YAML that identifies it. */
export interface WrittenManifest {
  yaml: string;
  json: string;
  hash: string;
}

export async function writeManifest(manifest: Manifest): Promise<WrittenManifest> {
  // Loaded when it is needed: its 72 files would make each start slower.
  const { stringify } = await import("yaml");
  // Folded lines would show as differences where nothing has changed.
  const yaml = stringify(manifest, { lineWidth: 0 });
  const hash = createHash("sha256").update(yaml).digest("hex");
  return { yaml, json: `${JSON.stringify(manifest, null, 2)}\n`, hash };
}
