import { cardBlocks } from "../fixtures/card-blocks.ts";
import type { Setting } from "../fixtures/simulator-with-app.ts";
import { type Cause, eve, grant, mallory, organisation, posted, random, secret, security } from "./cause.ts";

const post = (here: Setting, more: object = {}) =>
  here.call("chat.postMessage", { channel: security, text: "Hello", ...more });

const inChannel = async (here: Setting, posting: "everyone" | "some_people" | "read_only", more = {}) => {
  await here.slack.ask("restrictChannel", { channel: "#security", posting });
  return post(here, more);
};

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

/** Why a channel doesn't take a message. */
const channels: Omit<Cause, "method">[] = [
  {
    error: "channel_not_found",
    because: "a private channel that the bot is not in",
    async call(here) {
      await here.slack.ask("setChannel", { channel: "#sec-private", withApp: false });
      return post(here, { channel: secret });
    },
  },
  {
    error: "not_in_channel",
    because: "a public channel that the bot is not in",
    call: (here) => post(here, { channel: random }),
  },
  {
    error: "is_archived",
    because: "an archived channel",
    async call(here) {
      await here.slack.ask("setChannel", { channel: "#security", archived: true });
      return post(here);
    },
  },
  {
    error: "restricted_action",
    because: "only some people may post",
    call: (here) => inChannel(here, "some_people"),
  },
  {
    error: "restricted_action_read_only_channel",
    because: "a read-only channel",
    call: (here) => inChannel(here, "read_only"),
  },
  {
    error: "restricted_action_thread_only_channel",
    because: "a channel of threads, and a message that is no reply",
    async call(here) {
      await here.slack.ask("restrictChannel", { channel: "#security", posting: "threads_only" });
      return post(here);
    },
  },
  {
    error: "restricted_action_non_threadable_channel",
    because: "a channel without threads, and a reply",
    async call(here) {
      const ts = await posted(here);
      await here.slack.ask("restrictChannel", { channel: "#security", posting: "no_threads" });
      return post(here, { thread_ts: ts });
    },
  },
  {
    error: "restricted_action_thread_locked",
    because: "a thread that admins have locked",
    async call(here) {
      const ts = await posted(here);
      await here.slack.ask("holdMessage", { channel: "#security", ts, hold: "locked" });
      return post(here, { thread_ts: ts });
    },
  },
  {
    error: "cannot_reply_to_message",
    because: "a reply to Slack's line about who joined",
    async call(here) {
      await here.slack.ask("setChannel", { channel: "#random", withApp: true });
      const [line] = await here.slack.channel("#random").messages();
      return post(here, { channel: random, thread_ts: line?.ts });
    },
  },
  {
    error: "no_permission",
    because: "a channel that takes no apps",
    async call(here) {
      await here.slack.ask("restrictChannel", { channel: "#security", posting: "no_apps" });
      return post(here);
    },
  },
  {
    error: "ekm_access_denied",
    because: "a channel whose encryption key admins have revoked",
    async call(here) {
      await here.slack.ask("restrictChannel", { channel: "#security", posting: "key_revoked" });
      return post(here);
    },
  },
  {
    error: "messages_tab_disabled",
    because: "a direct message, and an app without a Messages tab",
    async call(here) {
      await here.slack.ask("restrictApp", { messagesTab: false });
      return post(here, { channel: eve });
    },
  },
  {
    error: "app_access_restricted",
    because: "a direct message, and an app that admins have taken from people",
    async call(here) {
      await here.slack.ask("restrictApp", { isRestricted: true });
      return post(here, { channel: mallory });
    },
  },
  {
    error: "message_limit_exceeded",
    because: "a workspace that has used its messages up",
    async call(here) {
      await here.slack.ask("restrictWorkspace", { isOverMessageLimit: true });
      return post(here);
    },
  },
  {
    error: "rate_limited",
    because: "more messages a minute than the workspace lets an app send",
    async call(here) {
      await here.slack.ask("restrictWorkspace", { messagesPerMinute: 1 });
      await here.slack.ask("settings", { rateLimits: true });
      await post(here);
      return post(here, { channel: "C0PLATFORM1" });
    },
  },
  {
    error: "ratelimited",
    because: "two messages in a channel within a second",
    async call(here) {
      await here.slack.ask("settings", { rateLimits: true });
      await post(here);
      return post(here);
    },
  },
  {
    error: "team_not_found",
    because: "an organisation's token, and a channel by its name",
    options: organisation,
    call: (here) => post(here, { channel: "#security" }),
  },
  {
    error: "team_access_not_granted",
    because: "a channel of a workspace that the app was not let into",
    options: organisation,
    async call(here) {
      await here.slack.ask("revokeTeam", { team: "ACME" });
      return post(here);
    },
  },
];

/** Why Slack doesn't take what a message says. */
const contents: Omit<Cause, "method">[] = [
  { error: "no_text", because: "nothing to say", call: (here) => post(here, { text: "" }) },
  {
    error: "invalid_blocks",
    because: "a header that is too long",
    call: (here) => post(here, { blocks: cardBlocks({ title: "x".repeat(151) }) }),
  },
  {
    error: "invalid_blocks_format",
    because: "blocks that are no JSON",
    call: (here) => post(here, { blocks: "{not json" }),
  },
  {
    error: "msg_blocks_too_long",
    because: "more text in blocks than a message holds",
    call: (here) => post(here, { blocks: Array.from({ length: 5 }, () => section("x".repeat(3000))) }),
  },
  {
    error: "markdown_text_conflict",
    because: "Markdown beside text",
    call: (here) => post(here, { markdown_text: "**Hello**" }),
  },
  {
    error: "too_many_attachments",
    because: "101 attachments",
    call: (here) => post(here, { attachments: Array(101).fill({ text: "x" }) }),
  },
  {
    error: "attachment_payload_limit_exceeded",
    because: "attachments of 120 KB",
    call: (here) => post(here, { attachments: [{ text: "x".repeat(120_000) }] }),
  },
  {
    error: "invalid_metadata_format",
    because: "metadata without a payload",
    call: (here) => post(here, { metadata: { event_type: "x" } }),
  },
  {
    error: "invalid_metadata_schema",
    because: "a Work Object without its parts",
    call: (here) => post(here, { metadata: { entities: [{ url: "https://acme.example" }] } }),
  },
  {
    error: "metadata_too_large",
    because: "metadata of 9 KB",
    call: (here) => post(here, { metadata: { event_type: "x", event_payload: { note: "x".repeat(9000) } } }),
  },
  {
    error: "as_user_not_supported",
    because: "as_user, which is for apps of old",
    call: (here) => post(here, { as_user: true }),
  },
  {
    error: "duplicate_message_not_found",
    because: "a repeat of a message that has been deleted",
    async call(here) {
      const ts = await posted(here, { client_msg_id: "1" });
      await here.call("chat.delete", { channel: security, ts });
      return post(here, { client_msg_id: "1" });
    },
  },
  {
    error: "duplicate_channel_not_found",
    because: "a repeat of a message in a channel that the bot has left",
    async call(here) {
      await posted(here, { channel: secret, client_msg_id: "1" });
      await here.slack.ask("setChannel", { channel: "#sec-private", withApp: false });
      return post(here, { client_msg_id: "1" });
    },
  },
  {
    error: "missing_scope",
    because: "no chat:write",
    async call(here) {
      await grant(here, { without: ["chat:write"] });
      return post(here);
    },
  },
];

export const postMessageCauses: Cause[] = [...channels, ...contents].map((cause) => ({
  method: "chat.postMessage",
  ...cause,
}));
