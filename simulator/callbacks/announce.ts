import { z } from "zod";
import type { Scene } from "../simulator.ts";
import type { Caller, Happening, Telling } from "../web-api/caller.ts";
import type { AppSettings } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { installationsIn } from "../workspace/world.ts";
import { sendEvent } from "./send-event.ts";

/** What an app has to be granted to hear of an event, any one of them; an event that isn't here needs nothing. */
const scopesOf: Record<string, readonly string[]> = {
  app_mention: ["app_mentions:read"],
  channel_archive: ["channels:read"],
  channel_deleted: ["channels:read"],
  channel_id_changed: ["channels:read", "groups:read"],
  channel_left: ["channels:read"],
  channel_rename: ["channels:read"],
  channel_shared: ["channels:read", "groups:read"],
  channel_unarchive: ["channels:read"],
  channel_unshared: ["channels:read", "groups:read"],
  group_archive: ["groups:read"],
  group_deleted: ["groups:read"],
  group_left: ["groups:read"],
  group_rename: ["groups:read"],
  group_unarchive: ["groups:read"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
  "message.mpim": ["mpim:history"],
  message_metadata_posted: ["metadata.message:read"],
  team_join: ["users:read"],
  user_change: ["users:read"],
};

/** What every app of the workspace may know of its public channels, in them or not. */
const everybodys = new Set(["channel_archive", "channel_deleted", "channel_rename", "channel_unarchive"]);

const readScope = {
  public: "channels:read",
  private: "groups:read",
  im: "im:read",
  mpim: "mpim:read",
} as const;
const messageKind = { public: "channels", private: "groups", im: "im", mpim: "mpim" } as const;

/** The name under which an app subscribes to an event, as `message.channels`. */
const subscription = ({ type }: Happening, channel: Channel | undefined) =>
  type === "message" && channel ? `message.${messageKind[channel.kind]}` : type;

const metadata = z.object({ app_id: z.string(), metadata: z.object({ event_type: z.string() }) });

function wantsMetadata({ metadata: wanted }: AppSettings, event: Happening): boolean {
  const told = metadata.safeParse(event);
  return (
    told.success &&
    wanted.some(
      ({ appId, eventType }) =>
        (appId === "*" || appId === told.data.app_id) && eventType === told.data.metadata.event_type,
    )
  );
}

function hears({ app, scopes, botUserId }: Installation, event: Happening, channel?: Channel): boolean {
  const name = subscription(event, channel);
  if (!app.settings.events.has(name)) return false;
  if (name === "message_metadata_posted" && !wantsMetadata(app.settings, event)) return false;
  const isMembership = name === "member_joined_channel" || name === "member_left_channel";
  const needed = isMembership && channel ? [readScope[channel.kind]] : (scopesOf[name] ?? []);
  if (needed.length > 0 && !needed.some((scope) => scopes.has(scope))) return false;
  if (!channel || everybodys.has(name)) return true;
  return channel.members.has(botUserId) || event.user === botUserId;
}

/** Tells one app, if it listens; with a channel, if its bot is in it. */
export function announceTo(scene: Scene, bot: Installation, event: Happening, channel?: Channel): void {
  if (bot.state === "installed" && hears(bot, event, channel)) void sendEvent(scene, bot, { event, channel });
}

/** Tells every app that is installed in a workspace and listens; with a channel, those whose bot is in it. */
export function announce(scene: Scene, telling: Telling, channel?: Channel): void {
  for (const bot of installationsIn(scene.workspace)) {
    const event = typeof telling === "function" ? telling(bot) : telling;
    if (event) announceTo(scene, bot, event, channel);
  }
}

/** A workspace in which something is done, and how apps are told of it. */
export type At = Pick<Caller, "workspace" | "emit">;

/** The same for what people do, without an app's call. */
export const at = (scene: Scene): At => ({
  workspace: scene.workspace,
  emit: (telling, channel) => announce(scene, telling, channel),
});
