import { optionalScopes, requiredScopes } from "../scopes.ts";
import { metadataEventTypes, subscribedEvents } from "./events.ts";

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
