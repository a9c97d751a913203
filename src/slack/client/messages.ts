import type { HomeView, ModalView } from "@slack/types";
import { z } from "zod";
import { cardMetadata, type SlackMessage } from "../message.ts";
import type { Call } from "./call.ts";

/** For every post and update: the defaults of updates differ from those of posts and would link names. */
const inert = { parse: "none", link_names: false } as const;
/** Otherwise Slack would fetch and show any address that an attacker puts into an alert. */
const noUnfurl = { unfurl_links: false, unfurl_media: false } as const;

const posted = z.object({ channel: z.string(), ts: z.string() });

/** `deliveryId` is from the message's metadata, which any app can write. */
const historyPage = z
  .object({
    messages: z.array(
      z
        .object({
          ts: z.string(),
          user: z.string().nullish(),
          metadata: cardMetadata.nullish().catch(null),
          blocks: z.array(z.object({ block_id: z.string().optional() })).catch([]),
        })
        .transform(({ ts, user, metadata, blocks }) => ({
          ...{ ts, user: user ?? null, deliveryId: metadata ?? null },
          blockIds: blocks.flatMap(({ block_id }) => block_id ?? []),
        })),
    ),
    response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
  })
  .transform(({ messages, response_metadata }) => ({
    messages,
    next: response_metadata?.next_cursor || null,
  }));

/** Holds ids only: every app in the channel can read it. */
interface MessageMetadata {
  event_type: string;
  event_payload: Record<string, string>;
}

export function messages(call: Call) {
  return {
    postMessage(post: {
      channel: string;
      message: SlackMessage;
      threadTs?: string;
      metadata?: MessageMetadata;
    }): Promise<{ channel: string; ts: string }> {
      const { channel, message, threadTs, metadata } = post;
      const target = { channel, thread_ts: threadTs };
      // `mrkdwn: false` keeps text that goes out without blocks from being formatted.
      const args = { ...target, ...message, metadata, ...inert, ...noUnfurl, mrkdwn: false };
      return call("chat.postMessage", args, posted);
    },

    /** Edits a message of the bot. For a direct message, `channel` is the conversation's id, not the person's. */
    update(edit: {
      channel: string;
      ts: string;
      message: SlackMessage;
      metadata?: MessageMetadata;
    }): Promise<{ channel: string; ts: string }> {
      const { message, ...target } = edit;
      return call("chat.update", { ...target, ...message, ...inert }, posted);
    },

    /** Shows a message to one member of the channel, until they reload Slack. */
    async postEphemeral(post: {
      channel: string;
      user: string;
      threadTs?: string | undefined;
      message: SlackMessage;
    }): Promise<void> {
      const { message, threadTs, ...target } = post;
      const at = { ...target, thread_ts: threadTs };
      await call("chat.postEphemeral", { ...at, ...message, ...inert }, z.object({ ok: z.literal(true) }));
    },

    /** One page of a channel's messages since `oldest`, without thread replies. `next` is the next page's cursor. */
    conversationsHistory(from: { channel: string; oldest: string; cursor: string | undefined }) {
      const args = { ...from, include_all_metadata: true, limit: 200 };
      return call("conversations.history", args, historyPage);
    },

    /** One page of a thread's replies since `oldest`, like `conversationsHistory`. `ts` is the card's. */
    conversationsReplies(from: { channel: string; ts: string; oldest: string; cursor: string | undefined }) {
      const args = { ...from, include_all_metadata: true, limit: 200 };
      return call("conversations.replies", args, historyPage);
    },

    async getPermalink(channel: string, ts: string): Promise<string> {
      const answer = z.object({ permalink: z.string() });
      const { permalink } = await call("chat.getPermalink", { channel, message_ts: ts }, answer);
      return permalink;
    },
  };
}

const answer = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

/** An open dialog. `hash` identifies its current content. */
interface OpenView {
  id: string;
  hash: string;
}

export function views(call: Call) {
  return {
    /** Opens a dialog. A trigger works once, within 3 s of the click. */
    async openView(triggerId: string, view: ModalView): Promise<OpenView> {
      const opened = await call("views.open", { trigger_id: triggerId, view }, answer);
      return opened.view;
    },

    /** Opens a dialog on top of the open one. The trigger comes from a click in the open one. */
    async pushView(triggerId: string, view: ModalView): Promise<OpenView> {
      const pushed = await call("views.push", { trigger_id: triggerId, view }, answer);
      return pushed.view;
    },

    async updateView(open: { id: string; hash?: string }, view: ModalView): Promise<OpenView> {
      const updated = await call("views.update", { view_id: open.id, hash: open.hash, view }, answer);
      return updated.view;
    },

    /** Publishes the app's home tab for one person. */
    async publishHome(userId: string, view: HomeView): Promise<void> {
      await call("views.publish", { user_id: userId, view }, z.object({ ok: z.literal(true) }));
    },
  };
}
