import type { Deps } from "../api/deps.ts";
import { moveChannel, renameChannel, setChannelFault } from "../connect/channels/channel-events.ts";
import { recheckChannel, recheckChannels } from "../connect/channels/recheck-channels.ts";
import { markInstallationFailed } from "../connect/installations/check-installation.ts";
import { findInstallation, type Installation } from "../connect/installations/installations.ts";
import { notify } from "../db/notify.ts";
import { announceArrival } from "../deliver/slack-bot/announce-arrival.ts";
import { recordSighting, sighted } from "../messages/sighting.ts";
import { channelDeleted } from "../slack/client/slack-fault.ts";
import type { SlackEvent, SlackRequest } from "../slack/request/slack-request.ts";
import { onHomeOpened } from "../triage/home/publish-home.ts";
import { onMention, onMessage } from "../triage/mirror/on-message.ts";

type EventCallback = Extract<SlackRequest, { type: "event_callback" }>;

type EventOf<Kind extends SlackEvent["type"]> = Extract<SlackEvent, { type: Kind }>;

/** Handles an event of an installation; ignores events of unknown workspaces. */
export async function onEvent(deps: Deps, request: EventCallback): Promise<void> {
  const installation = await findInstallation(deps.db.kysely, request);
  if (!installation) return;
  const { event } = request;
  switch (event.type) {
    case "member_joined_channel":
    case "member_left_channel":
      return onMembership(deps, installation, event);
    case "channel_unarchived":
    case "channel_archived":
    case "channel_deleted":
    case "channel_renamed":
    case "channel_id_changed":
      return onChannel(deps, installation, event);
    case "card_posted":
      // Slack sends this for every app's messages; `request.appId` is our app.
      if (event.appId !== request.appId) return;
      if (await recordPosted(deps, installation.id, event)) deps.wake();
      return;
    case "app_uninstalled":
      return markInstallationFailed(deps.db, installation.id, "account_inactive");
    case "tokens_revoked":
      if (event.botUserIds.includes(installation.botUserId))
        await markInstallationFailed(deps.db, installation.id, "token_revoked");
      return;
    case "team_access":
      await recheckChannels(deps, installation.id, "all");
      return deps.wake();
    case "message_written":
    case "message_edited":
    case "message_deleted":
      return onMessage(deps, installation, event);
    case "bot_mentioned":
      return onMention(deps, request, event);
    case "app_home_opened":
      if (event.tab === "home")
        await onHomeOpened(deps, { ...request, userId: event.userId, userTeamId: null });
      return;
    case "other":
      return;
    default:
      return event satisfies never;
  }
}

/** Handles the bot joining or leaving a channel. An event without a user means that the bot left. */
async function onMembership(
  deps: Deps,
  installation: Installation,
  event: EventOf<"member_joined_channel" | "member_left_channel">,
): Promise<void> {
  if (event.userId !== null && event.userId !== installation.botUserId) return;
  const key = { installationId: installation.id, channelId: event.channelId };
  if (event.type === "member_left_channel") return setChannelFault(deps.db.kysely, key, "not_in_channel");
  await recheckChannel(deps, key, "bot joined");
  // Shows the invitation to a person who is choosing a channel, even without a destination.
  await notify(deps.db.kysely, { settings: "slack-app" });
  // Before the alerts that were held until now.
  await announceArrival(deps, key);
  deps.wake();
}

async function onChannel(
  deps: Deps,
  { id: installationId }: Installation,
  event: EventOf<
    "channel_unarchived" | "channel_archived" | "channel_deleted" | "channel_renamed" | "channel_id_changed"
  >,
): Promise<void> {
  const key = { installationId, channelId: event.channelId };
  switch (event.type) {
    case "channel_archived":
      return setChannelFault(deps.db.kysely, key, "is_archived");
    case "channel_deleted":
      return setChannelFault(deps.db.kysely, key, channelDeleted);
    case "channel_renamed":
      return renameChannel(deps.db.kysely, key, event.name);
    case "channel_unarchived":
      await recheckChannel(deps, key);
      return deps.wake();
    case "channel_id_changed":
      await moveChannel(deps.db, key, event.to);
      return deps.wake();
    default:
      return event satisfies never;
  }
}

type CardPosted = Extract<EventCallback["event"], { type: "card_posted" }>;

/** Records where a posted card, digest, reply or question is. Their ids share the same metadata field. */
async function recordPosted({ db }: Deps, installationId: string, event: CardPosted): Promise<boolean> {
  const { deliveryId: id, ts } = event;
  if (await recordSighting(db.kysely, { ...event, installationId, of: event })) return true;
  return sighted(db.kysely, { id, installationId, ts });
}
