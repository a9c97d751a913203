/** An event that Tocsin acts on, and the scopes of which Slack wants one for it. */
export interface SubscribedEvent {
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
export const metadataEventTypes: readonly string[] = ["tocsin_card"];
