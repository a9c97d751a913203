import type { SlackEvent } from "../../../slack/request/slack-request.ts";
import { type CardThread, findThread } from "../../../triage/thread/find-thread.ts";
import type { Deps } from "../../../api/deps.ts";

export type MessageEvent = Extract<
  SlackEvent,
  { type: "message_written" | "message_edited" | "message_deleted" | "bot_mentioned" }
>;

/** The card in whose thread a message stands; null for any other message, and for a card itself. */
export async function threadToldOf(
  { db }: Pick<Deps, "db">,
  event: MessageEvent,
): Promise<CardThread | null> {
  const { channelId, ts, threadTs } = "message" in event ? event.message : event;
  if (threadTs === null || threadTs === ts) return null;
  return findThread(db, { channelId, ts: threadTs });
}
