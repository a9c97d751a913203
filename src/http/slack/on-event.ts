import { sql } from "kysely";
import { findInstallation } from "../../people/slack/find-installation.ts";
import type { SlackRequest } from "../../slack/request/slack-request.ts";
import type { Deps } from "../deps.ts";

type EventCallback = Extract<SlackRequest, { type: "event_callback" }>;

/** Something happened in the workspace that decides whether deliveries can go out. */
export async function onEvent(deps: Deps, request: EventCallback): Promise<void> {
  const installation = await findInstallation(deps.db.kysely, request);
  if (!installation) return;
  const { event } = request;
  switch (event.type) {
    case "member_joined_channel":
      if (event.userId === installation.botUserId) await reopen(deps, installation.id, event.channelId);
      return;
    case "channel_unarchived":
      return reopen(deps, installation.id, event.channelId);
    case "channel_renamed":
      await deps.db.kysely
        .updateTable("destinations")
        .set({ channel_name: event.name })
        .where("installation_id", "=", installation.id)
        .where("channel_id", "=", event.channelId)
        .execute();
      return;
    case "app_uninstalled":
      return revoke(deps, installation.id, "account_inactive");
    case "tokens_revoked":
      if (event.botUserIds.includes(installation.botUserId))
        await revoke(deps, installation.id, "token_revoked");
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
async function reopen(deps: Deps, installationId: string, channelId: string): Promise<void> {
  await sql`update lines set open_at = now(), fault = null, fault_since = null, faults_in_a_row = 0
    where installation_id = ${installationId} and channel_id = ${channelId}`.execute(deps.db.kysely);
  deps.wake();
}

async function revoke(deps: Deps, installationId: string, fault: string): Promise<void> {
  await sql`update installations set fault = ${fault}, checked_at = now() where id = ${installationId}`.execute(
    deps.db.kysely,
  );
}
