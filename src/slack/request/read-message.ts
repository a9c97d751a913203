import { z } from "zod";
import type { FileLink } from "../../alert/history-event.ts";
import { isSlackAddress } from "./message-text.ts";

const most = 20;

const file = z
  .object({ name: z.string().nullish(), title: z.string().nullish(), permalink: z.string().nullish() })
  .transform(({ name, title, permalink }) => ({
    name: (name || title || "A file").slice(0, 255),
    url: permalink ?? "",
  }))
  .catch({ name: "", url: "" });

/** Where a message's files stand in Slack, at most twenty. */
const messageFiles = z
  .array(file)
  .nullish()
  .catch(null)
  .transform((all) => (all ?? []).filter(({ url }) => isSlackAddress(url)).slice(0, most));

const id = z.string().min(1);

/** More than Slack lets anybody write, so that no event is larger than it has to be. */
const longestText = 40_000;
/** What people write by hand. Joining, topics and the like are messages too, and so is what apps post. */
const written = z.object({
  subtype: z.enum(["file_share", "thread_broadcast", "me_message"]).nullish(),
  bot_id: z.null().optional(),
  user: id,
  ts: id,
  thread_ts: id.nullish(),
  text: z.string().nullish(),
  files: messageFiles,
});

function heard(channelId: string, message: z.output<typeof written>) {
  const { ts, thread_ts, user, text } = message;
  return {
    channelId,
    ts,
    threadTs: thread_ts ?? null,
    userId: user,
    text: (text ?? "").slice(0, longestText),
    files: message.files,
  };
}

const said = written.extend({ type: z.literal("message"), channel: id }).transform((message) => ({
  type: "message_written" as const,
  message: heard(message.channel, message),
}));

const mentioned = written
  .extend({ type: z.literal("app_mention"), channel: id })
  .transform((message) => ({ type: "bot_mentioned" as const, message: heard(message.channel, message) }));

const changed = z.object({
  type: z.literal("message"),
  subtype: z.literal("message_changed"),
  channel: id,
});

/** Without `edited` it is only a preview that Slack has drawn below a link. */
const edited = changed
  .extend({ message: written.extend({ edited: z.object({ ts: id }) }) })
  .transform(({ channel, message }) => ({
    type: "message_edited" as const,
    message: heard(channel, message),
    editedTs: message.edited.ts,
  }));

const reply = z.object({ ts: id, thread_ts: id.nullish() });

/** A message with replies of its own leaves a tombstone. */
const entombed = changed
  .extend({ message: reply.extend({ subtype: z.literal("tombstone") }) })
  .transform(({ channel, message }) => gone(channel, message.ts, message.thread_ts));

const deleted = z
  .object({
    type: z.literal("message"),
    subtype: z.literal("message_deleted"),
    channel: id,
    deleted_ts: id,
    previous_message: reply.nullish().catch(null),
  })
  .transform((event) => gone(event.channel, event.deleted_ts, event.previous_message?.thread_ts));

function gone(channelId: string, ts: string, threadTs: string | null | undefined) {
  return { type: "message_deleted" as const, channelId, ts, threadTs: threadTs ?? null };
}

/** The events of messages that Tocsin may act on. What matches none of them is nothing to it. */
export const messageShapes = [edited, entombed, deleted, said, mentioned] as const;

const text = z
  .string()
  .nullish()
  .transform((given) => (given ?? "").slice(0, 40_000));

/** A message whose own menu somebody used: anybody's, apps' too. */
export const chosenMessage = z
  .object({
    ts: id,
    thread_ts: id.nullish(),
    user: id.nullish(),
    bot_id: id.nullish(),
    username: z.string().nullish(),
    text,
    files: messageFiles,
  })
  .transform(({ ts, thread_ts, user, bot_id, username, text, files }) => ({
    ts,
    threadTs: thread_ts ?? null,
    userId: user ?? null,
    byApp: Boolean(bot_id),
    appName: username ?? null,
    text,
    files,
  }));
export type ChosenMessage = z.output<typeof chosenMessage>;

/** A message that a person wrote into a channel or a thread, as Slack hands it out. */
export interface HeardMessage {
  channelId: string;
  ts: string;
  /** The first message of its thread; null outside of threads. */
  threadTs: string | null;
  userId: string;
  /** In Slack's mrkdwn. */
  text: string;
  files: FileLink[];
}
