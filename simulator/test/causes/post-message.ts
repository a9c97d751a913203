import { cardBlocks } from "../fixtures/card-blocks.ts";
import type { SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import { type Cause, eve, grant, mallory, organisation, posted, random, secret, security } from "./cause.ts";

const post = (env: SimulatorWithApp, more: object = {}) =>
  env.call("chat.postMessage", { channel: security, text: "Hello", ...more });

const inChannel = async (
  env: SimulatorWithApp,
  posting: "everyone" | "some_people" | "read_only",
  more = {},
) => {
  await env.slack.ask("restrictChannel", { channel: "#security", posting });
  return post(env, more);
};

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

/** Causes that depend on the channel. */
const channelCauses: Omit<Cause, "method">[] = [
  {
    error: "channel_not_found",
    situation: "a private channel that the bot is not in",
    async call(env) {
      await env.slack.ask("setChannel", { channel: "#sec-private", withApp: false });
      return post(env, { channel: secret });
    },
  },
  {
    error: "not_in_channel",
    situation: "a public channel that the bot is not in",
    call: (env) => post(env, { channel: random }),
  },
  {
    error: "is_archived",
    situation: "an archived channel",
    async call(env) {
      await env.slack.ask("setChannel", { channel: "#security", archived: true });
      return post(env);
    },
  },
  {
    error: "restricted_action",
    situation: "a channel in which only some people may post",
    call: (env) => inChannel(env, "some_people"),
  },
  {
    error: "restricted_action_read_only_channel",
    situation: "a read-only channel",
    call: (env) => inChannel(env, "read_only"),
  },
  {
    error: "restricted_action_thread_only_channel",
    situation: "a message outside a thread in a threads-only channel",
    async call(env) {
      await env.slack.ask("restrictChannel", { channel: "#security", posting: "threads_only" });
      return post(env);
    },
  },
  {
    error: "restricted_action_non_threadable_channel",
    situation: "a reply in a channel without threads",
    async call(env) {
      const ts = await posted(env);
      await env.slack.ask("restrictChannel", { channel: "#security", posting: "no_threads" });
      return post(env, { thread_ts: ts });
    },
  },
  {
    error: "restricted_action_thread_locked",
    situation: "a locked thread",
    async call(env) {
      const ts = await posted(env);
      await env.slack.ask("holdMessage", { channel: "#security", ts, hold: "locked" });
      return post(env, { thread_ts: ts });
    },
  },
  {
    error: "cannot_reply_to_message",
    situation: "a reply to Slack's notice about a new member",
    async call(env) {
      await env.slack.ask("setChannel", { channel: "#random", withApp: true });
      const [notice] = await env.slack.channel("#random").messages();
      return post(env, { channel: random, thread_ts: notice?.ts });
    },
  },
  {
    error: "no_permission",
    situation: "a channel that is closed to apps",
    async call(env) {
      await env.slack.ask("restrictChannel", { channel: "#security", posting: "no_apps" });
      return post(env);
    },
  },
  {
    error: "ekm_access_denied",
    situation: "a channel whose encryption key is revoked",
    async call(env) {
      await env.slack.ask("restrictChannel", { channel: "#security", posting: "key_revoked" });
      return post(env);
    },
  },
  {
    error: "messages_tab_disabled",
    situation: "a direct message from an app without a Messages tab",
    async call(env) {
      await env.slack.ask("restrictApp", { messagesTab: false });
      return post(env, { channel: eve });
    },
  },
  {
    error: "app_access_restricted",
    situation: "a direct message from a restricted app",
    async call(env) {
      await env.slack.ask("restrictApp", { isRestricted: true });
      return post(env, { channel: mallory });
    },
  },
  {
    error: "message_limit_exceeded",
    situation: "a workspace that has used up its messages",
    async call(env) {
      await env.slack.ask("restrictWorkspace", { isOverMessageLimit: true });
      return post(env);
    },
  },
  {
    error: "rate_limited",
    situation: "more messages per minute than the workspace allows",
    async call(env) {
      await env.slack.ask("restrictWorkspace", { messagesPerMinute: 1 });
      await env.slack.ask("settings", { rateLimits: true });
      await post(env);
      return post(env, { channel: "C0PLATFORM1" });
    },
  },
  {
    error: "ratelimited",
    situation: "two messages in a channel within a second",
    async call(env) {
      await env.slack.ask("settings", { rateLimits: true });
      await post(env);
      return post(env);
    },
  },
  {
    error: "team_not_found",
    situation: "a channel name with an organisation's token",
    options: organisation,
    call: (env) => post(env, { channel: "#security" }),
  },
  {
    error: "team_access_not_granted",
    situation: "a channel of a workspace that the app has no access to",
    options: organisation,
    async call(env) {
      await env.slack.ask("revokeTeam", { team: "ACME" });
      return post(env);
    },
  },
];

/** Causes that depend on the content of the message only. */
const contentCauses: Omit<Cause, "method">[] = [
  { error: "no_text", situation: "an empty message", call: (env) => post(env, { text: "" }) },
  {
    error: "invalid_blocks",
    situation: "a header above the maximum length",
    call: (env) => post(env, { blocks: cardBlocks({ title: "x".repeat(151) }) }),
  },
  {
    error: "invalid_blocks_format",
    situation: "blocks that are not JSON",
    call: (env) => post(env, { blocks: "{not json" }),
  },
  {
    error: "msg_blocks_too_long",
    situation: "blocks with too much text",
    call: (env) => post(env, { blocks: Array.from({ length: 5 }, () => section("x".repeat(3000))) }),
  },
  {
    error: "markdown_text_conflict",
    situation: "Markdown together with text",
    call: (env) => post(env, { markdown_text: "**Hello**" }),
  },
  {
    error: "too_many_attachments",
    situation: "101 attachments",
    call: (env) => post(env, { attachments: Array(101).fill({ text: "x" }) }),
  },
  {
    error: "attachment_payload_limit_exceeded",
    situation: "attachments of 120 KB",
    call: (env) => post(env, { attachments: [{ text: "x".repeat(120_000) }] }),
  },
  {
    error: "invalid_metadata_format",
    situation: "metadata without a payload",
    call: (env) => post(env, { metadata: { event_type: "x" } }),
  },
  {
    error: "invalid_metadata_schema",
    situation: "an incomplete Work Object",
    call: (env) => post(env, { metadata: { entities: [{ url: "https://acme.example" }] } }),
  },
  {
    error: "metadata_too_large",
    situation: "metadata of 9 KB",
    call: (env) => post(env, { metadata: { event_type: "x", event_payload: { note: "x".repeat(9000) } } }),
  },
  {
    error: "as_user_not_supported",
    situation: "as_user, which only legacy apps may use",
    call: (env) => post(env, { as_user: true }),
  },
];

/** Causes that depend on an earlier message or on the scopes. */
const otherCauses: Omit<Cause, "method">[] = [
  {
    error: "duplicate_message_not_found",
    situation: "a repeated client_msg_id of a deleted message",
    async call(env) {
      const ts = await posted(env, { client_msg_id: "1" });
      await env.call("chat.delete", { channel: security, ts });
      return post(env, { client_msg_id: "1" });
    },
  },
  {
    error: "duplicate_channel_not_found",
    situation: "a repeated client_msg_id in a channel that the bot has left",
    async call(env) {
      await posted(env, { channel: secret, client_msg_id: "1" });
      await env.slack.ask("setChannel", { channel: "#sec-private", withApp: false });
      return post(env, { client_msg_id: "1" });
    },
  },
  {
    error: "missing_scope",
    situation: "a bot without chat:write",
    async call(env) {
      await grant(env, { without: ["chat:write"] });
      return post(env);
    },
  },
];

export const postMessageCauses: Cause[] = [
  ...channelCauses,
  ...contentCauses.map((cause) => ({ ...cause, isHarmless: true })),
  ...otherCauses,
].map((cause) => ({
  method: "chat.postMessage",
  ...cause,
}));
