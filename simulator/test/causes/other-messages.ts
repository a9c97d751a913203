import { cardBlocks } from "../fixtures/card-blocks.ts";
import type { SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import { ada, type Cause, mallory, posted, random, secret, security } from "./cause.ts";

const nowhere = "C0NOWHERE01";
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const richText = {
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "Hello" }] }],
};

type Arrangement = {
  post?: object;
  before?: (env: SimulatorWithApp, ts: string) => Promise<unknown>;
  more?: object;
};

/** A cause that posts a message, runs `before` and then updates the message. */
const update = (error: string, situation: string, { post, before, more }: Arrangement): Cause => ({
  method: "chat.update",
  error,
  situation,
  async call(env) {
    const ts = await posted(env, post);
    await before?.(env, ts);
    return env.call("chat.update", { channel: security, ts, text: "New", ...more });
  },
});

const updateCauses: Cause[] = [
  update("channel_not_found", "a person's ID instead of the direct message's", { more: { channel: ada } }),
  update("message_not_found", "a deleted message", {
    before: (env, ts) => env.call("chat.delete", { channel: security, ts }),
  }),
  {
    method: "chat.update",
    error: "cant_update_message",
    situation: "a message by another author",
    async call(env) {
      await env.slack.channel("#security").say("Mine", { as: "grace" });
      const [message] = await env.slack.channel("#security").messages();
      return env.call("chat.update", { channel: security, ts: message?.ts, text: "Ours" });
    },
  },
  update("is_inactive", "an archived channel", {
    before: (env) => env.slack.ask("setChannel", { channel: "#security", archived: true }),
  }),
  update("edit_window_closed", "a workspace in which messages can't be edited", {
    before: (env) => env.slack.ask("restrictWorkspace", { editWindowMs: -1 }),
  }),
  update("streaming_state_conflict", "a message that is still streaming", {
    before: (env, ts) => env.slack.ask("holdMessage", { channel: "#security", ts, hold: "streaming" }),
  }),
  update("external_channel_migrating", "a shared channel that is migrating", {
    before: (env) => env.slack.ask("restrictChannel", { channel: "#security", isMigrating: true }),
  }),
  update("message_limit_exceeded", "a workspace that has used up its messages", {
    before: (env) => env.slack.ask("restrictWorkspace", { isOverMessageLimit: true }),
  }),
  update("block_mismatch", "other blocks instead of rich text", {
    post: { blocks: [richText] },
    more: { blocks: [section("Plain")] },
  }),
  update("msg_too_long", "text above 4,000 characters", { more: { text: "x".repeat(4001) } }),
  update("no_text", "an empty message", { more: { text: "" } }),
  update("markdown_text_conflict", "Markdown together with text", { more: { markdown_text: "**New**" } }),
  update("invalid_blocks", "a header above the maximum length", {
    more: { blocks: cardBlocks({ title: "x".repeat(151) }) },
  }),
  update("invalid_blocks_format", "blocks that are not a list", { more: { blocks: "{}" } }),
  update("invalid_attachments", "attachments that are not a list", { more: { attachments: "{}" } }),
  update("too_many_attachments", "101 attachments", { more: { attachments: Array(101).fill({}) } }),
  update("invalid_metadata_format", "metadata that is a list", { more: { metadata: [] } }),
  update("invalid_metadata_schema", "an incomplete Work Object", {
    more: { metadata: { entities: [{}] } },
  }),
  update("metadata_too_large", "metadata of 9 KB", {
    more: { metadata: { event_type: "x", event_payload: { note: "x".repeat(9000) } } },
  }),
  update("file_not_found", "an unknown file", { more: { file_ids: "F0NOBODY01" } }),
  update("cant_broadcast_message", "a broadcast of a message that is not a reply", {
    more: { reply_broadcast: true },
  }),
  {
    method: "chat.update",
    error: "no_dual_broadcast_content_update",
    situation: "a broadcast of a reply with new text",
    async call(env) {
      const ts = await posted(env, { thread_ts: await posted(env) });
      return env.call("chat.update", { channel: security, ts, text: "New", reply_broadcast: true });
    },
  },
];

const postEphemeral = (
  error: string,
  situation: string,
  more: object,
  before?: (env: SimulatorWithApp) => Promise<unknown>,
): Cause => ({
  method: "chat.postEphemeral",
  error,
  situation,
  async call(env) {
    await before?.(env);
    return env.call("chat.postEphemeral", { channel: security, user: ada, text: "Psst", ...more });
  },
});

const ephemeralCauses: Cause[] = [
  postEphemeral("channel_not_found", "an unknown channel", { channel: nowhere }),
  postEphemeral("not_in_channel", "a channel that the bot is not in", { channel: random }),
  postEphemeral("user_not_in_channel", "a recipient who is not in the channel", {
    channel: secret,
    user: mallory,
  }),
  postEphemeral("is_archived", "an archived channel", {}, (env) =>
    env.slack.ask("setChannel", { channel: "#security", archived: true }),
  ),
  postEphemeral("restricted_action", "a read-only channel", {}, (env) =>
    env.slack.ask("restrictChannel", { channel: "#security", posting: "read_only" }),
  ),
  postEphemeral("no_permission", "a channel that is closed to apps", {}, (env) =>
    env.slack.ask("restrictChannel", { channel: "#security", posting: "no_apps" }),
  ),
  postEphemeral("ekm_access_denied", "a channel whose key is revoked", {}, (env) =>
    env.slack.ask("restrictChannel", { channel: "#security", posting: "key_revoked" }),
  ),
  postEphemeral("message_limit_exceeded", "a workspace that has used up its messages", {}, (env) =>
    env.slack.ask("restrictWorkspace", { isOverMessageLimit: true }),
  ),
  postEphemeral("messages_tab_disabled", "an app without a Messages tab", { channel: ada }, (env) =>
    env.slack.ask("restrictApp", { messagesTab: false }),
  ),
  postEphemeral("cannot_reply_to_message", "an unknown thread", { thread_ts: "1.000001" }),
  postEphemeral("no_text", "an empty message", { text: "" }),
  postEphemeral("msg_too_long", "text above 40,000 characters", { text: "x".repeat(40_001) }),
  postEphemeral("markdown_text_conflict", "Markdown together with text", { markdown_text: "**Psst**" }),
  postEphemeral("invalid_blocks", "an unknown block type", { blocks: [{ type: "shout" }] }),
  postEphemeral("invalid_blocks_format", "blocks that are not a list", { blocks: "{}" }),
  postEphemeral("invalid_attachments", "an attachment with invalid blocks", {
    attachments: [{ blocks: [{ type: "shout" }] }],
  }),
  postEphemeral("too_many_attachments", "101 attachments", { attachments: Array(101).fill({}) }),
];

const simple = (method: string, error: string, situation: string, args: object): Cause => ({
  method,
  error,
  situation,
  call: async (env) => env.call(method, { channel: security, ts: await posted(env), ...args }),
});

const otherCauses: Cause[] = [
  simple("chat.delete", "channel_not_found", "an unknown channel", { channel: nowhere }),
  simple("chat.delete", "message_not_found", "an unknown message", { ts: "1.000001" }),
  {
    method: "chat.delete",
    error: "cant_delete_message",
    situation: "a message by another author",
    async call(env) {
      await env.slack.channel("#security").say("Mine", { as: "grace" });
      const [message] = await env.slack.channel("#security").messages();
      return env.call("chat.delete", { channel: security, ts: message?.ts });
    },
  },
  simple("chat.getPermalink", "channel_not_found", "an unknown channel", {
    channel: nowhere,
    message_ts: "1.000001",
  }),
  simple("chat.getPermalink", "message_not_found", "an unknown message", { message_ts: "1.000001" }),
];

export const otherMessageCauses: Cause[] = [...updateCauses, ...ephemeralCauses, ...otherCauses];
