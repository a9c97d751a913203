import type { Manifest, ManifestError } from "./schema/manifest.ts";

const errorIf = (condition: boolean, message: string, pointer: string): ManifestError[] =>
  condition ? [{ message, pointer }] : [];

const inTicks = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

function checkScopes({ oauth_config, features, settings }: Manifest): ManifestError[] {
  const { bot = [], bot_optional = [] } = oauth_config?.scopes ?? {};
  const at = "/oauth_config/scopes";
  const unknown = [...new Set([...bot, ...bot_optional])].filter((scope) => !knownScopes.has(scope));
  const onlyOptional = bot_optional.filter((scope) => !bot.includes(scope));
  const lacksCommands = !bot.includes("commands");
  return [
    ...errorIf(unknown.length > 0, `Illegal bot scopes found ${inTicks(unknown)}`, `${at}/bot`),
    ...errorIf(
      onlyOptional.length > 0,
      `Optional bot scopes must also be listed in bot scopes: ${inTicks(onlyOptional)}`,
      `${at}/bot_optional`,
    ),
    ...errorIf(bot.length > 0 && !features?.bot_user, "Bot scopes require a bot user", "/features/bot_user"),
    ...errorIf(
      lacksCommands && features?.slash_commands !== undefined,
      "Slash Commands requires `commands` bot scope",
      "/features/slash_commands",
    ),
    ...errorIf(
      lacksCommands && features?.shortcuts !== undefined,
      "Shortcuts requires `commands` bot scope",
      "/features/shortcuts",
    ),
    ...errorIf(
      settings?.org_deploy_enabled === true && bot.length === 0,
      "Org deploy requires at least one bot scope",
      "/settings/org_deploy_enabled",
    ),
  ];
}

function checkEvents({ oauth_config, settings }: Manifest): ManifestError[] {
  const granted = new Set(oauth_config?.scopes?.bot);
  return (settings?.event_subscriptions?.bot_events ?? []).flatMap((event, index) => {
    const pointer = `/settings/event_subscriptions/bot_events/${index}`;
    const needed = knownEvents.get(event);
    if (!needed) return [{ message: `invalid event type: ${event}`, pointer }];
    const isAllowed = needed.length === 0 || needed.some((scope) => granted.has(scope));
    const one = needed.length > 1 ? "one of the bot scopes" : "bot scope";
    return errorIf(!isAllowed, `Event \`${event}\` requires ${one} ${inTicks(needed)}`, pointer);
  });
}

/** Without Socket Mode, everything that Slack calls needs a URL. */
function checkUrls({ features, settings }: Manifest): ManifestError[] {
  if (settings?.socket_mode_enabled) return [];
  const { event_subscriptions: events, interactivity } = settings ?? {};
  const listens = [events?.bot_events, events?.user_events].some((all) => all && all.length > 0);
  return [
    ...errorIf(
      listens && !events?.request_url,
      "Event Subscription requires either Request URL or Socket Mode Enabled",
      "/settings/event_subscriptions",
    ),
    ...errorIf(
      interactivity?.is_enabled === true && !interactivity.request_url,
      "Interactivity requires a Request URL",
      "/settings/interactivity",
    ),
    ...(features?.slash_commands ?? []).flatMap(({ url }, index) =>
      errorIf(
        !url,
        "Slash Command requires either a Request URL or Socket Mode Enabled",
        `/features/slash_commands/${index}/url`,
      ),
    ),
  ];
}

/** Errors in a manifest of valid shape: unknown scopes and events, and parts that require other parts. */
export const findContradictions = (given: Manifest): ManifestError[] => [
  ...checkScopes(given),
  ...checkEvents(given),
  ...checkUrls(given),
];

// Events by required scopes (any one is enough), from https://docs.slack.dev/reference/events.
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

/** The events that a bot may subscribe to, with the scopes of which it needs one; empty if it needs none. */
const knownEvents: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(byScope).flatMap(([scopes, names]) =>
    names.split(/\s+/).map((name) => [name, scopes === "" ? [] : scopes.split("|")]),
  ),
);

/** The scopes that a bot may ask for, from https://docs.slack.dev/reference/scopes. */
const knownScopes: ReadonlySet<string> = new Set(
  `app_mentions:read assistant:write bookmarks:read bookmarks:write calls:read calls:write canvases:read
  canvases:write channels:history channels:join channels:manage channels:read channels:write.invites
  channels:write.topic chat:write chat:write.customize chat:write.public commands conversations.connect:manage
  conversations.connect:read conversations.connect:write datastore:read datastore:write dnd:read emoji:read
  files:read files:write groups:history groups:read groups:write groups:write.invites groups:write.topic im:history
  im:read im:write im:write.topic incoming-webhook links.embed:write links:read links:write lists:read lists:write
  metadata.message:read mpim:history mpim:read mpim:write mpim:write.topic pins:read pins:write reactions:read
  reactions:write reminders:read reminders:write remote_files:read remote_files:share remote_files:write
  search:read.files search:read.public search:read.users team.billing:read team.preferences:read team:read
  tokens.basic triggers:read triggers:write usergroups:read usergroups:write users.profile:read users:read
  users:read.email users:write workflow.steps:execute workflows.templates:read workflows.templates:write`.split(
    /\s+/,
  ),
);
