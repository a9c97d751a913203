import { z } from "zod";
import type { FileLink } from "../../alert/history-event.ts";
import { isSlackAddress } from "./message-text.ts";

const maxFiles = 20;

const file = z
  .object({ name: z.string().nullish(), title: z.string().nullish(), permalink: z.string().nullish() })
  .transform(({ name, title, permalink }) => ({
    name: (name || title || "A file").slice(0, 255),
    url: permalink ?? "",
  }))
  .catch({ name: "", url: "" });

/** Links to a message's files in Slack, at most 20. */
const messageFiles = z
  .array(file)
  .nullish()
  .catch(null)
  .transform((all) => (all ?? []).filter(({ url }) => isSlackAddress(url)).slice(0, maxFiles));

const id = z.string().min(1);

/** Slack's own limit for a message; bounds what is stored of an event. */
const maxTextLength = 40_000;
/** Messages that people write. Joins, topic changes and apps' posts are messages too, with other subtypes. */
const written = z.object({
  subtype: z.enum(["file_share", "thread_broadcast", "me_message"]).nullish(),
  bot_id: z.null().optional(),
  user: id,
  ts: id,
  thread_ts: id.nullish(),
  text: z.string().nullish(),
  files: messageFiles,
});

function toWrittenMessage(channelId: string, message: z.output<typeof written>) {
  const { ts, thread_ts, user, text } = message;
  return {
    channelId,
    ts,
    threadTs: thread_ts ?? null,
    userId: user,
    text: (text ?? "").slice(0, maxTextLength),
    files: message.files,
  };
}

const writtenEvent = written.extend({ type: z.literal("message"), channel: id }).transform((message) => ({
  type: "message_written" as const,
  message: toWrittenMessage(message.channel, message),
}));

const mentioned = written.extend({ type: z.literal("app_mention"), channel: id }).transform((message) => ({
  type: "bot_mentioned" as const,
  message: toWrittenMessage(message.channel, message),
}));

const changed = z.object({
  type: z.literal("message"),
  subtype: z.literal("message_changed"),
  channel: id,
});

/** Without `edited`, Slack has only added a link preview. */
const edited = changed
  .extend({ message: written.extend({ edited: z.object({ ts: id }) }) })
  .transform(({ channel, message }) => ({
    type: "message_edited" as const,
    message: toWrittenMessage(channel, message),
    editedTs: message.edited.ts,
  }));

const reply = z.object({ ts: id, thread_ts: id.nullish() });

/** A deleted message that has replies becomes a tombstone. */
const tombstoned = changed
  .extend({ message: reply.extend({ subtype: z.literal("tombstone") }) })
  .transform(({ channel, message }) => deletedEvent(channel, message.ts, message.thread_ts));

const deleted = z
  .object({
    type: z.literal("message"),
    subtype: z.literal("message_deleted"),
    channel: id,
    deleted_ts: id,
    previous_message: reply.nullish().catch(null),
  })
  .transform((event) => deletedEvent(event.channel, event.deleted_ts, event.previous_message?.thread_ts));

function deletedEvent(channelId: string, ts: string, threadTs: string | null | undefined) {
  return { type: "message_deleted" as const, channelId, ts, threadTs: threadTs ?? null };
}

/** The message events that Tocsin handles; others are ignored. */
export const messageShapes = [edited, tombstoned, deleted, writtenEvent, mentioned] as const;

const text = z
  .string()
  .nullish()
  .transform((given) => (given ?? "").slice(0, maxTextLength));

/** A message whose menu was used; its author may be an app. */
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

/** A message that a person wrote in a channel or thread. */
export interface WrittenMessage {
  channelId: string;
  ts: string;
  /** `ts` of the first message of its thread; null outside threads. */
  threadTs: string | null;
  userId: string;
  /** In Slack's mrkdwn. */
  text: string;
  files: FileLink[];
}
