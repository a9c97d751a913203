import { cardBlocks } from "../fixtures/card-blocks.ts";
import type { Setting } from "../fixtures/simulator-with-app.ts";
import { ada, type Cause, grant, mallory, posted, random, secret, security } from "./cause.ts";

const nowhere = "C0NOWHERE01";
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const richText = {
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "Hello" }] }],
};

type Arranged = { post?: object; before?: (here: Setting, ts: string) => Promise<unknown>; more?: object };

/** A message is posted, something comes between, and it is updated. */
const update = (error: string, because: string, { post, before, more }: Arranged): Cause => ({
  method: "chat.update",
  error,
  because,
  async call(here) {
    const ts = await posted(here, post);
    await before?.(here, ts);
    return here.call("chat.update", { channel: security, ts, text: "New", ...more });
  },
});

const updates: Cause[] = [
  update("channel_not_found", "a person's id in place of the direct message's", { more: { channel: ada } }),
  update("message_not_found", "a message that was deleted", {
    before: (here, ts) => here.call("chat.delete", { channel: security, ts }),
  }),
  {
    method: "chat.update",
    error: "cant_update_message",
    because: "a message of somebody else",
    async call(here) {
      await here.slack.channel("#security").say("Mine", { as: "grace" });
      const [message] = await here.slack.channel("#security").messages();
      return here.call("chat.update", { channel: security, ts: message?.ts, text: "Ours" });
    },
  },
  update("is_inactive", "an archived channel", {
    before: (here) => here.slack.ask("setChannel", { channel: "#security", archived: true }),
  }),
  update("edit_window_closed", "a workspace in which messages can't be edited", {
    before: (here) => here.slack.ask("restrictWorkspace", { editWindowMs: -1 }),
  }),
  update("streaming_state_conflict", "a message that still streams", {
    before: (here, ts) => here.slack.ask("holdMessage", { channel: "#security", ts, hold: "streaming" }),
  }),
  update("external_channel_migrating", "a shared channel on its way to an organisation", {
    before: (here) => here.slack.ask("restrictChannel", { channel: "#security", isMigrating: true }),
  }),
  update("message_limit_exceeded", "a workspace that has used its messages up", {
    before: (here) => here.slack.ask("restrictWorkspace", { isOverMessageLimit: true }),
  }),
  update("block_mismatch", "other blocks in place of rich text", {
    post: { blocks: [richText] },
    more: { blocks: [section("Plain")] },
  }),
  update("msg_too_long", "text above 4,000 characters", { more: { text: "x".repeat(4001) } }),
  update("no_text", "nothing to say", { more: { text: "" } }),
  update("markdown_text_conflict", "Markdown beside text", { more: { markdown_text: "**New**" } }),
  update("invalid_blocks", "a header that is too long", {
    more: { blocks: cardBlocks({ title: "x".repeat(151) }) },
  }),
  update("invalid_blocks_format", "blocks that are no list", { more: { blocks: "{}" } }),
  update("invalid_attachments", "attachments that are no list", { more: { attachments: "{}" } }),
  update("too_many_attachments", "101 attachments", { more: { attachments: Array(101).fill({}) } }),
  update("invalid_metadata_format", "metadata that is a list", { more: { metadata: [] } }),
  update("invalid_metadata_schema", "a Work Object without its parts", {
    more: { metadata: { entities: [{}] } },
  }),
  update("metadata_too_large", "metadata of 9 KB", {
    more: { metadata: { event_type: "x", event_payload: { note: "x".repeat(9000) } } },
  }),
  update("file_not_found", "a file that nobody has", { more: { file_ids: "F0NOBODY01" } }),
  update("cant_broadcast_message", "a broadcast of what is no reply", { more: { reply_broadcast: true } }),
  {
    method: "chat.update",
    error: "no_dual_broadcast_content_update",
    because: "a broadcast of a reply with a new text",
    async call(here) {
      const ts = await posted(here, { thread_ts: await posted(here) });
      return here.call("chat.update", { channel: security, ts, text: "New", reply_broadcast: true });
    },
  },
];

const whisper = (
  error: string,
  because: string,
  more: object,
  before?: (here: Setting) => Promise<unknown>,
): Cause => ({
  method: "chat.postEphemeral",
  error,
  because,
  async call(here) {
    await before?.(here);
    return here.call("chat.postEphemeral", { channel: security, user: ada, text: "Psst", ...more });
  },
});

const whispers: Cause[] = [
  whisper("channel_not_found", "no such channel", { channel: nowhere }),
  whisper("not_in_channel", "a channel that the bot is not in", { channel: random }),
  whisper("user_not_in_channel", "a reader who is not in the channel", { channel: secret, user: mallory }),
  whisper("is_archived", "an archived channel", {}, (here) =>
    here.slack.ask("setChannel", { channel: "#security", archived: true }),
  ),
  whisper("restricted_action", "a read-only channel", {}, (here) =>
    here.slack.ask("restrictChannel", { channel: "#security", posting: "read_only" }),
  ),
  whisper("no_permission", "a channel that takes no apps", {}, (here) =>
    here.slack.ask("restrictChannel", { channel: "#security", posting: "no_apps" }),
  ),
  whisper("ekm_access_denied", "a channel whose key is revoked", {}, (here) =>
    here.slack.ask("restrictChannel", { channel: "#security", posting: "key_revoked" }),
  ),
  whisper("message_limit_exceeded", "a workspace that has used its messages up", {}, (here) =>
    here.slack.ask("restrictWorkspace", { isOverMessageLimit: true }),
  ),
  whisper("messages_tab_disabled", "an app without a Messages tab", { channel: ada }, (here) =>
    here.slack.ask("restrictApp", { messagesTab: false }),
  ),
  whisper("cannot_reply_to_message", "a thread that never was", { thread_ts: "1.000001" }),
  whisper("no_text", "nothing to say", { text: "" }),
  whisper("msg_too_long", "text above 40,000 characters", { text: "x".repeat(40_001) }),
  whisper("markdown_text_conflict", "Markdown beside text", { markdown_text: "**Psst**" }),
  whisper("invalid_blocks", "a block of no known type", { blocks: [{ type: "shout" }] }),
  whisper("invalid_blocks_format", "blocks that are no list", { blocks: "{}" }),
  whisper("invalid_attachments", "an attachment with bad blocks", {
    attachments: [{ blocks: [{ type: "shout" }] }],
  }),
  whisper("too_many_attachments", "101 attachments", { attachments: Array(101).fill({}) }),
];

const simple = (method: string, error: string, because: string, args: object): Cause => ({
  method,
  error,
  because,
  call: async (here) => here.call(method, { channel: security, ts: await posted(here), ...args }),
});

const react = (error: string, because: string, more: object, before?: Arranged["before"]): Cause => ({
  method: "reactions.add",
  error,
  because,
  async call(here) {
    await grant(here);
    const timestamp = await posted(here);
    await before?.(here, timestamp);
    return here.call("reactions.add", { channel: security, timestamp, name: "eyes", ...more });
  },
});

const others: Cause[] = [
  simple("chat.delete", "channel_not_found", "no such channel", { channel: nowhere }),
  simple("chat.delete", "message_not_found", "no such message", { ts: "1.000001" }),
  {
    method: "chat.delete",
    error: "cant_delete_message",
    because: "a message of somebody else",
    async call(here) {
      await here.slack.channel("#security").say("Mine", { as: "grace" });
      const [message] = await here.slack.channel("#security").messages();
      return here.call("chat.delete", { channel: security, ts: message?.ts });
    },
  },
  simple("chat.getPermalink", "channel_not_found", "no such channel", {
    channel: nowhere,
    message_ts: "1.000001",
  }),
  simple("chat.getPermalink", "message_not_found", "no such message", { message_ts: "1.000001" }),
  react("channel_not_found", "no such channel", { channel: nowhere }),
  react("is_archived", "an archived channel", {}, (here) =>
    here.slack.ask("setChannel", { channel: "#security", archived: true }),
  ),
  react("external_channel_migrating", "a shared channel on its way to an organisation", {}, (here) =>
    here.slack.ask("restrictChannel", { channel: "#security", isMigrating: true }),
  ),
  react("bad_timestamp", "a time that is none", { timestamp: "yesterday" }),
  react("invalid_name", "an emoji that is none", { name: "so so" }),
  react("message_not_found", "no such message", { timestamp: "1.000001" }),
  react("thread_locked", "a locked thread", {}, (here, ts) =>
    here.slack.ask("holdMessage", { channel: "#security", ts, hold: "locked" }),
  ),
  react("already_reacted", "the same emoji again", {}, (here, timestamp) =>
    here.call("reactions.add", { channel: security, timestamp, name: "eyes" }),
  ),
  react("too_many_reactions", "a 24th emoji on one message", {}, async (here, timestamp) => {
    for (let count = 1; count <= 23; count++)
      await here.call("reactions.add", { channel: security, timestamp, name: `emoji_${count}` });
  }),
];

export const otherMessageCauses: Cause[] = [...updates, ...whispers, ...others];
