import { z } from "zod";
import type { WorkspaceContext } from "../simulator.ts";
import type { Caller, EventOrBuilder, SlackEvent } from "../web-api/caller.ts";
import type { AppSettings } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { installationsIn } from "../workspace/world.ts";
import { sendEvent } from "./send-event.ts";

/** The scopes of which an app needs one to get an event; events that are missing here need none. */
const scopesOf: Record<string, readonly string[]> = {
  app_mention: ["app_mentions:read"],
  channel_archive: ["channels:read"],
  channel_created: ["channels:read"],
  channel_deleted: ["channels:read"],
  channel_id_changed: ["channels:read", "groups:read"],
  channel_left: ["channels:read"],
  channel_rename: ["channels:read"],
  channel_shared: ["channels:read", "groups:read"],
  channel_unarchive: ["channels:read"],
  channel_unshared: ["channels:read", "groups:read"],
  file_shared: ["files:read"],
  group_archive: ["groups:read"],
  group_deleted: ["groups:read"],
  group_left: ["groups:read"],
  group_rename: ["groups:read"],
  group_unarchive: ["groups:read"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
  "message.mpim": ["mpim:history"],
  message_metadata_deleted: ["metadata.message:read"],
  message_metadata_posted: ["metadata.message:read"],
  message_metadata_updated: ["metadata.message:read"],
  pin_added: ["pins:read"],
  pin_removed: ["pins:read"],
  reaction_added: ["reactions:read"],
  reaction_removed: ["reactions:read"],
  team_join: ["users:read"],
  user_change: ["users:read"],
};

/** Events about public channels that go to every app of the workspace, even if its bot is not in the channel. */
const sentToEveryApp = new Set(
  ["archive", "created", "deleted", "rename", "unarchive"].map((what) => `channel_${what}`),
);

const readScope = {
  public: "channels:read",
  private: "groups:read",
  im: "im:read",
  mpim: "mpim:read",
} as const;
const messageKind = { public: "channels", private: "groups", im: "im", mpim: "mpim" } as const;

/** The name under which an app subscribes to an event, such as `message.channels`. */
const subscription = ({ type }: SlackEvent, channel: Channel | undefined) =>
  type === "message" && channel ? `message.${messageKind[channel.kind]}` : type;

const metadata = z.object({ event_type: z.string() }).optional();
const aboutMetadata = z.object({ app_id: z.string(), metadata, previous_metadata: metadata });

function wantsMetadata({ metadata: wanted }: AppSettings, event: SlackEvent): boolean {
  const parsed = aboutMetadata.safeParse(event);
  if (!parsed.success) return false;
  const { app_id, metadata: after, previous_metadata: before } = parsed.data;
  const types = [after, before].map((one) => one?.event_type);
  return wanted.some(
    ({ appId, eventType }) => (appId === "*" || appId === app_id) && types.includes(eventType),
  );
}

function isSubscribed(
  { app, scopes, botUserId }: Installation,
  event: SlackEvent,
  channel?: Channel,
): boolean {
  const name = subscription(event, channel);
  if (!app.settings.events.has(name)) return false;
  if (name.startsWith("message_metadata_") && !wantsMetadata(app.settings, event)) return false;
  const isMembership = name === "member_joined_channel" || name === "member_left_channel";
  const needed = isMembership && channel ? [readScope[channel.kind]] : (scopesOf[name] ?? []);
  if (needed.length > 0 && !needed.some((scope) => scopes.has(scope))) return false;
  if (!channel || sentToEveryApp.has(name)) return true;
  return channel.members.has(botUserId) || event.user === botUserId;
}

/** Sends an event to one app if it is subscribed and, with a channel, if its bot is in it. */
export function announceTo(
  context: WorkspaceContext,
  bot: Installation,
  event: SlackEvent,
  channel?: Channel,
): void {
  if (bot.state === "installed" && isSubscribed(bot, event, channel))
    void sendEvent(context, bot, { event, channel });
}

/** Sends an event to every subscribed app of a workspace; with a channel, only to those whose bot is in it. */
export function announce(context: WorkspaceContext, eventOrBuilder: EventOrBuilder, channel?: Channel): void {
  for (const bot of installationsIn(context.workspace)) {
    const event = typeof eventOrBuilder === "function" ? eventOrBuilder(bot) : eventOrBuilder;
    if (event) announceTo(context, bot, event, channel);
  }
}

/** A workspace to change, and the function that sends the resulting events to apps. */
export type ChangeContext = Pick<Caller, "workspace" | "emit">;

/** The change context for actions of people. */
export const changeContext = (context: WorkspaceContext): ChangeContext => ({
  workspace: context.workspace,
  emit: (eventOrBuilder, channel) => announce(context, eventOrBuilder, channel),
});
