import type { HomeView, ModalView } from "@slack/types";
import { z } from "zod";
import { cardMetadata, type SlackMessage } from "../message.ts";
import type { Call } from "./call.ts";

/** On every post and update: an update's defaults are others than a post's, and would link names. */
const inert = { parse: "none", link_names: false } as const;
/** Slack would otherwise fetch, and show, whatever address an attacker put into an alert. */
const unfurlNothing = { unfurl_links: false, unfurl_media: false } as const;

const posted = z.object({ channel: z.string(), ts: z.string() });

/** `deliveryId` is whose card a message says to be, which any app could have written. */
const historyPage = z
  .object({
    messages: z.array(
      z
        .object({ ts: z.string(), user: z.string().nullish(), metadata: cardMetadata.nullish().catch(null) })
        .transform(({ ts, user, metadata }) => ({ ts, user: user ?? null, deliveryId: metadata ?? null })),
    ),
    response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
  })
  .transform(({ messages, response_metadata }) => ({
    messages,
    next: response_metadata?.next_cursor || null,
  }));

/** Readable by every app in the channel: ids only. */
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
      const place = { channel, thread_ts: threadTs };
      // `mrkdwn: false` keeps text that goes out without blocks from being formatted.
      const args = { ...place, ...message, metadata, ...inert, ...unfurlNothing, mrkdwn: false };
      return call("chat.postMessage", args, posted);
    },

    /** Replaces a message of ours. `channel` is an id: a direct message's own, not its person's. */
    update(edit: {
      channel: string;
      ts: string;
      message: SlackMessage;
      metadata?: MessageMetadata;
    }): Promise<{ channel: string; ts: string }> {
      const { message, ...place } = edit;
      return call("chat.update", { ...place, ...message, ...inert }, posted);
    },

    /** Shows a message to one member of the channel only. It is gone when they reload. */
    async postEphemeral(post: {
      channel: string;
      user: string;
      threadTs?: string | undefined;
      message: SlackMessage;
    }): Promise<void> {
      const { message, threadTs, ...place } = post;
      const at = { ...place, thread_ts: threadTs };
      await call("chat.postEphemeral", { ...at, ...message, ...inert }, z.object({ ok: z.literal(true) }));
    },

    /** One page of a channel's messages outside threads since `oldest`; `next` is the following one's cursor. */
    conversationsHistory(from: { channel: string; oldest: string; cursor: string | undefined }) {
      const args = { ...from, include_all_metadata: true, limit: 200 };
      return call("conversations.history", args, historyPage);
    },

    async getPermalink(channel: string, ts: string): Promise<string> {
      const answer = z.object({ permalink: z.string() });
      const { permalink } = await call("chat.getPermalink", { channel, message_ts: ts }, answer);
      return permalink;
    },
  };
}

const answer = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

/** A dialog that somebody has open. `hash` names what it shows now. */
interface OpenView {
  id: string;
  hash: string;
}

export function views(call: Call) {
  return {
    /** Opens a dialog. A trigger is good for one use within 3 s of the click. */
    async openView(triggerId: string, view: ModalView): Promise<OpenView> {
      const opened = await call("views.open", { trigger_id: triggerId, view }, answer);
      return opened.view;
    },

    /** Puts a dialog on the one that is open; its trigger is the click on a control in that. */
    async pushView(triggerId: string, view: ModalView): Promise<OpenView> {
      const pushed = await call("views.push", { trigger_id: triggerId, view }, answer);
      return pushed.view;
    },

    async updateView(open: { id: string; hash?: string }, view: ModalView): Promise<OpenView> {
      const updated = await call("views.update", { view_id: open.id, hash: open.hash, view }, answer);
      return updated.view;
    },

    /** Puts this on the app's home tab, for one person. */
    async publishHome(userId: string, view: HomeView): Promise<void> {
      await call("views.publish", { user_id: userId, view }, z.object({ ok: z.literal(true) }));
    },
  };
}
