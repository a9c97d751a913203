import { z } from "zod";
import { cardMetadata } from "../message.ts";
import { messageShapes } from "./read-message.ts";
import type { SlackEvent } from "./slack-request.ts";

const id = z.string().min(1);
const channelId = z.union([id, z.object({ id }).transform((channel) => channel.id)]);
const channel = z.object({ channel: channelId });

/** Private channels have their own events, which Tocsin treats the same. */
const channelEvents = [
  ["channel_archived", ["channel_archive", "group_archive"]],
  ["channel_unarchived", ["channel_unarchive", "group_unarchive"]],
  ["channel_deleted", ["channel_deleted", "group_deleted"]],
] as const;

const shapes = [
  ...messageShapes,
  z.object({ type: z.literal("app_uninstalled") }),
  z
    .object({ type: z.literal("tokens_revoked"), tokens: z.object({ bot: z.array(id).nullish() }) })
    .transform(({ tokens }) => ({ type: "tokens_revoked" as const, botUserIds: tokens.bot ?? [] })),
  z
    .object({ type: z.literal("app_home_opened"), user: id, tab: z.enum(["home", "messages"]).catch("home") })
    .transform(({ type, user, tab }) => ({ type, userId: user, tab })),
  channel
    .extend({ type: z.literal("member_joined_channel"), user: id })
    .transform(({ type, user, channel }) => ({ type, channelId: channel, userId: user })),
  channel
    .extend({ type: z.literal("member_left_channel"), user: id })
    .transform(({ type, user, channel }) => ({ type, channelId: channel, userId: user })),
  // When the bot itself leaves, Slack sends another event, without a user.
  channel
    .extend({ type: z.enum(["channel_left", "group_left"]) })
    .transform(({ channel }) => ({ type: "member_left_channel" as const, channelId: channel, userId: null })),
  z
    .object({ type: z.enum(["channel_rename", "group_rename"]), channel: z.object({ id, name: z.string() }) })
    .transform(({ channel }) => ({
      type: "channel_renamed" as const,
      channelId: channel.id,
      name: channel.name,
    })),
  z
    .object({ type: z.literal("channel_id_changed"), old_channel_id: id, new_channel_id: id })
    .transform(({ type, old_channel_id, new_channel_id }) => ({
      type,
      channelId: old_channel_id,
      to: new_channel_id,
    })),
  z
    .object({ type: z.enum(["team_access_granted", "team_access_revoked"]), team_ids: z.array(id) })
    .transform(({ type, team_ids }) => ({
      type: "team_access" as const,
      granted: type === "team_access_granted",
      teamIds: team_ids,
    })),
  // Slack sends this for the messages of every app; `app_id` names the app.
  z
    .object({
      type: z.literal("message_metadata_posted"),
      app_id: id,
      channel_id: id,
      message_ts: id,
      metadata: cardMetadata,
    })
    .transform(({ app_id, channel_id, message_ts, metadata }) => ({
      type: "card_posted" as const,
      appId: app_id,
      channelId: channel_id,
      ts: message_ts,
      deliveryId: metadata,
    })),
  ...channelEvents.map(([type, names]) =>
    channel.extend({ type: z.enum(names) }).transform(({ channel }) => ({ type, channelId: channel })),
  ),
  z.object({ type: z.string() }).transform(({ type }) => ({ type: "other" as const, name: type })),
];

/** Reads the `event` of an Events API envelope; null if it isn't an event. */
export function readEvent(event: unknown): SlackEvent | null {
  const read = z.union(shapes).safeParse(event);
  return read.success ? read.data : null;
}
