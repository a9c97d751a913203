import type { Deps } from "../api/deps.ts";
import { markChannel, moveChannel, renameChannel } from "../connect/channels/channel-events.ts";
import { recheckChannel, recheckChannels } from "../connect/channels/recheck-channels.ts";
import { installationFails } from "../connect/installations/check-installation.ts";
import { findInstallation, type Installation } from "../connect/installations/installations.ts";
import { notify } from "../db/notify.ts";
import { recordDigestSighting, recordQuestionSighting, recordSighting } from "../messages/sighting.ts";
import type { SlackEvent, SlackRequest } from "../slack/request/slack-request.ts";
import { onHomeOpened } from "../triage/home/publish-home.ts";
import { onMention, onMessage } from "../triage/mirror/on-message.ts";

type EventCallback = Extract<SlackRequest, { type: "event_callback" }>;

type Told<Kind extends SlackEvent["type"]> = Extract<SlackEvent, { type: Kind }>;

/** Something happened in the workspace that deliveries depend on. */
export async function onEvent(deps: Deps, request: EventCallback): Promise<void> {
  const installation = await findInstallation(deps.db.kysely, request);
  if (!installation) return;
  const { event } = request;
  switch (event.type) {
    case "member_joined_channel":
    case "member_left_channel":
      return memberOf(deps, installation, event);
    case "channel_unarchived":
    case "channel_archived":
    case "channel_deleted":
    case "channel_renamed":
    case "channel_id_changed":
      return channelOf(deps, installation, event);
    case "card_posted":
      // Every app's messages come here; the request itself is addressed to ours.
      if (event.appId !== request.appId) return;
      if (await sighted(deps, installation.id, event)) deps.wake();
      return;
    case "app_uninstalled":
      return installationFails(deps.db, installation.id, "account_inactive");
    case "tokens_revoked":
      if (event.botUserIds.includes(installation.botUserId))
        await installationFails(deps.db, installation.id, "token_revoked");
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

/** Only the bot's own coming and going matters. Its leaving also comes as an event that names nobody. */
async function memberOf(
  deps: Deps,
  installation: Installation,
  event: Told<"member_joined_channel" | "member_left_channel">,
): Promise<void> {
  if (event.userId !== null && event.userId !== installation.botUserId) return;
  const place = { installationId: installation.id, channelId: event.channelId };
  if (event.type === "member_left_channel") return markChannel(deps.db.kysely, place, "not_in_channel");
  await recheckChannel(deps, place, "bot joined");
  // Whoever is choosing a channel sees the invitation at once, whether or not a destination is there yet.
  await notify(deps.db.kysely, { settings: "slack-app" });
  deps.wake();
}

async function channelOf(
  deps: Deps,
  { id: installationId }: Installation,
  event: Told<
    "channel_unarchived" | "channel_archived" | "channel_deleted" | "channel_renamed" | "channel_id_changed"
  >,
): Promise<void> {
  const place = { installationId, channelId: event.channelId };
  switch (event.type) {
    case "channel_archived":
      return markChannel(deps.db.kysely, place, "is_archived");
    case "channel_deleted":
      return markChannel(deps.db.kysely, place, "channel_not_found");
    case "channel_renamed":
      return renameChannel(deps.db.kysely, place, event.name);
    case "channel_unarchived":
      await recheckChannel(deps, place);
      return deps.wake();
    case "channel_id_changed":
      await moveChannel(deps.db, place, event.to);
      return deps.wake();
    default:
      return event satisfies never;
  }
}

type Posted = Extract<EventCallback["event"], { type: "card_posted" }>;

/** A digest and a question name themselves as a delivery does. */
async function sighted({ db }: Deps, installationId: string, event: Posted): Promise<boolean> {
  const { deliveryId: id, channelId, ts } = event;
  if (await recordSighting(db.kysely, { ...event, installationId, of: event })) return true;
  const line = `${installationId}:${channelId}`;
  if (await recordDigestSighting(db.kysely, { digestId: id, line, ts })) return true;
  return recordQuestionSighting(db.kysely, { askId: id, installationId, channelId, ts });
}
