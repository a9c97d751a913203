import type { SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import { archive, type Cause, cause, nowhere, posted, random, restrict, secret, security } from "./cause.ts";

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const soon = inSeconds(3600);

type Arrangement = Parameters<typeof cause>[2];

const schedule = (error: string, situation: string, more: object, arrangement?: Arrangement): Cause =>
  cause(
    ["chat.scheduleMessage", error, situation],
    { channel: security, text: "Later", post_at: soon, ...more },
    arrangement,
  );

const scheduleCauses: Cause[] = [
  schedule("time_in_past", "a time that has passed", { post_at: inSeconds(-10) }),
  schedule("time_too_far", "a time in 121 days", { post_at: inSeconds(121 * 24 * 3600) }),
  schedule("invalid_time", "a time that is not a number", { post_at: "tomorrow" }),
  schedule("invalid_arguments", "no time", { post_at: undefined }),
  schedule("channel_not_found", "an unknown channel", { channel: nowhere }),
  schedule("not_in_channel", "a channel that the bot is not in", { channel: random }),
  schedule("is_archived", "an archived channel", {}, { before: archive }),
  schedule("no_text", "an empty message", { text: "" }),
  schedule("markdown_text_conflict", "Markdown together with text", { markdown_text: "**New**" }),
  schedule("msg_too_long", "Markdown above 12,000 characters", {
    text: "",
    markdown_text: "x".repeat(12_001),
  }),
  schedule("invalid_blocks", "an unknown block", { blocks: [{ type: "huddle" }] }),
  schedule("invalid_blocks_format", "blocks that are not a list", { blocks: "{}" }),
  schedule("too_many_attachments", "101 attachments", { attachments: Array(101).fill({ text: "x" }) }),
  schedule("invalid_metadata_format", "metadata without a type", { metadata: { event_payload: {} } }),
  schedule("invalid_metadata_schema", "incomplete Work Objects", { metadata: { entities: [{}] } }),
  schedule("metadata_too_large", "metadata above 8 KB", {
    metadata: { event_type: "t", event_payload: { x: "x".repeat(9000) } },
  }),
  ...(
    [
      ["restricted_action", "some_people", {}],
      ["restricted_action_read_only_channel", "read_only", {}],
      ["restricted_action_thread_only_channel", "threads_only", {}],
    ] as const
  ).map(([error, posting, more]) =>
    schedule(error, `a channel whose posting is ${posting}`, more, { before: restrict({ posting }) }),
  ),
  cause(
    [
      "chat.scheduleMessage",
      "restricted_action_non_threadable_channel",
      "a reply in a channel without threads",
    ],
    async (env) => ({ channel: security, text: "Later", post_at: soon, thread_ts: await posted(env) }),
    { before: restrict({ posting: "no_threads" }) },
  ),
  schedule(
    "message_limit_exceeded",
    "a workspace that has used up its messages",
    {},
    { before: (env) => env.slack.ask("restrictWorkspace", { isOverMessageLimit: true }) },
  ),
  schedule(
    "restricted_too_many",
    "a 31st message within five minutes",
    {},
    {
      before: async (env) => {
        for (let count = 1; count <= 30; count++)
          await env.call("chat.scheduleMessage", { channel: security, text: "Later", post_at: soon });
      },
    },
  ),
  cause(["chat.deleteScheduledMessage", "channel_not_found", "an unknown channel"], {
    channel: nowhere,
    scheduled_message_id: "Q0SIM0001",
  }),
  cause(["chat.deleteScheduledMessage", "invalid_scheduled_message_id", "an unknown message"], {
    channel: security,
    scheduled_message_id: "Q0SIM0001",
  }),
  cause(
    ["chat.deleteScheduledMessage", "invalid_scheduled_message_id", "a message that is due in a minute"],
    async (env) => {
      const message = { channel: security, text: "Soon", post_at: inSeconds(55) };
      const { scheduled_message_id } = await env.call("chat.scheduleMessage", message);
      return { channel: security, scheduled_message_id };
    },
  ),
  cause(["chat.scheduledMessages.list", "invalid_channel", "an unknown channel"], { channel: nowhere }),
  cause(["chat.scheduledMessages.list", "invalid_cursor", "an invalid cursor"], { cursor: "next" }),
  cause(["chat.scheduledMessages.list", "invalid_arguments", "a negative limit"], { limit: -1 }),
];

const announce = (error: string, situation: string, more: object): Cause =>
  cause(["files.getUploadURLExternal", error, situation], { filename: "a.txt", length: 3, ...more });

/** The ID of a file whose content has arrived. */
async function uploaded({ call }: SimulatorWithApp, token?: string): Promise<string> {
  const announced = await call("files.getUploadURLExternal", { filename: "a.txt", length: 3 }, token);
  await fetch(String(announced.upload_url), { method: "POST", body: "abc" });
  return String(announced.file_id);
}

const complete = (error: string, situation: string, more: object, arrangement?: Arrangement): Cause =>
  cause(
    ["files.completeUploadExternal", error, situation],
    async (env) => ({ files: [{ id: await uploaded(env) }], channel_id: security, ...more }),
    arrangement,
  );

const uploadCauses: Cause[] = [
  announce("missing_argument", "an empty file", { length: 0 }),
  announce("alt_txt_too_large", "a description of 1,001 characters", { alt_txt: "x".repeat(1001) }),
  announce("snippet_too_large", "a snippet above 1 MB", { snippet_type: "python", length: 2_000_000 }),
  announce("unknown_snippet_type", "a snippet of an unknown type", { snippet_type: "no type" }),
  complete("file_not_found", "an unknown file", { files: [{ id: "F0NOWHERE01" }] }),
  complete("invalid_arguments", "files that are not a list", { files: "{}" }),
  complete("invalid_blocks", "an unknown block", { blocks: [{ type: "huddle" }] }),
  complete("channel_not_found", "an unknown channel", { channel_id: nowhere }),
  complete("invalid_channel", "an unknown channel in a list", { channel_id: undefined, channels: nowhere }),
  complete("channels_limit_exceeded", "101 channels", {
    channel_id: undefined,
    channels: Array(101).fill(secret).join(","),
  }),
  complete("not_in_channel", "a channel that the bot is not in", { channel_id: random }),
  complete("posting_to_channel_denied", "an archived channel", {}, { before: archive }),
  cause(
    ["files.completeUploadExternal", "access_denied", "another app's file"],
    async (env) => {
      const manifest = {
        display_information: { name: "Other" },
        features: { bot_user: { display_name: "Other" } },
        oauth_config: { scopes: { bot: ["files:write"] } },
      };
      await env.slack.ask("createApp", { as: "ada", manifest });
      const { botToken } = await env.slack.ask("installApp", { as: "ada", app: "Other" });
      return { files: [{ id: await uploaded(env, botToken) }] };
    },
    { before: async () => undefined },
  ),
];

export const scheduleAndUploadCauses: Cause[] = [...scheduleCauses, ...uploadCauses];
