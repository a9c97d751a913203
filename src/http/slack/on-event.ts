import { noteSighting } from "../../deliver/slack-bot/lost/note-sighting.ts";
import { findInstallation } from "../../people/slack/find-installation.ts";
import { recheckChannel } from "../../setup/channels/recheck-channel.ts";
import { installationFails } from "../../setup/installations/check-installation.ts";
import type { SlackRequest } from "../../slack/request/slack-request.ts";
import type { Deps } from "../deps.ts";

type EventCallback = Extract<SlackRequest, { type: "event_callback" }>;

/** Something happened in the workspace that deliveries depend on. */
export async function onEvent(deps: Deps, request: EventCallback): Promise<void> {
  const installation = await findInstallation(deps.db.kysely, request);
  if (!installation) return;
  const { event } = request;
  switch (event.type) {
    case "member_joined_channel":
      if (event.userId === installation.botUserId) await recheck(deps, installation.id, event.channelId);
      return;
    case "channel_unarchived":
      return recheck(deps, installation.id, event.channelId);
    case "channel_renamed":
      await deps.db.kysely
        .updateTable("destinations")
        .set({ channel_name: event.name })
        .where("installation_id", "=", installation.id)
        .where("channel_id", "=", event.channelId)
        .execute();
      return;
    case "card_posted":
      // Every app's messages come here; the request itself is addressed to ours.
      if (event.appId !== request.appId) return;
      if (await noteSighting(deps.db.kysely, { ...event, installationId: installation.id, of: event }))
        deps.wake();
      return;
    case "app_uninstalled":
      return installationFails(deps.db, installation.id, "account_inactive");
    case "tokens_revoked":
      if (event.botUserIds.includes(installation.botUserId))
        await installationFails(deps.db, installation.id, "token_revoked");
      return;
    // The next attempt finds out by itself what these have done to a channel.
    case "member_left_channel":
    case "channel_archived":
    case "channel_deleted":
    case "team_access":
    case "app_home_opened":
    case "other":
      return;
    default:
      return event satisfies never;
  }
}

/** The channel may work again: its line is tried at once. */
async function recheck(deps: Deps, installationId: string, channelId: string): Promise<void> {
  await recheckChannel(deps.db, installationId, channelId);
  deps.wake();
}
