// By the scopes of which an app needs one, as https://docs.slack.dev/reference/events says at each event.
const byScope: Record<string, string> = {
  "": `app_context_changed app_home_opened app_rate_limited app_uninstalled entity_details_requested function_executed
    grid_migration_finished grid_migration_started scope_denied scope_granted team_access_granted
    team_access_revoked tokens_revoked`,
  "app_mentions:read": "app_mention",
  "assistant:write": "assistant_thread_context_changed assistant_thread_started",
  "calls:read": "call_rejected",
  "channels:history": "channel_history_changed message.channels",
  "channels:read": `channel_archive channel_created channel_deleted channel_id_changed channel_left channel_rename
    channel_shared channel_unarchive channel_unshared`,
  "channels:read|groups:read": "member_joined_channel member_left_channel",
  "conversations.connect:read": "shared_channel_invite_accepted shared_channel_invite_approved",
  "conversations.connect:manage": "shared_channel_invite_declined shared_channel_invite_requested",
  "conversations.connect:write": "shared_channel_invite_received",
  "dnd:read": "dnd_updated_user",
  "emoji:read": "emoji_changed",
  "files:read": "file_change file_created file_deleted file_public file_shared file_unshared",
  "groups:history": "group_history_changed message.groups",
  "groups:read": "group_archive group_close group_deleted group_left group_open group_rename group_unarchive",
  "im:history": "im_history_changed message.im",
  "im:read": "im_close im_created im_open",
  "links:read": "link_shared",
  "metadata.message:read": "message_metadata_deleted message_metadata_posted message_metadata_updated",
  "mpim:history": "message.mpim",
  "pins:read": "pin_added pin_removed",
  "reactions:read": "reaction_added reaction_removed",
  "team:read": "email_domain_changed team_domain_change team_rename",
  "usergroups:read": "subteam_created subteam_members_changed subteam_updated",
  "users:read": "team_join user_change user_huddle_changed",
  "users.profile:read": "user_profile_changed user_status_changed",
};

/** The events that a bot may subscribe to, each with the scopes of which it needs one; none where it needs nothing. */
export const knownEvents: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(byScope).flatMap(([scopes, names]) =>
    names.split(/\s+/).map((name) => [name, scopes === "" ? [] : scopes.split("|")]),
  ),
);
