import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { authorOf, loadNames } from "../../connect/identity/identify.ts";
import type { Installation } from "../../connect/installations/installations.ts";
import { type Acting, type Attempt, acting, actorWith, inSlack, toManage } from "../../interact/acting.ts";
import { notifyPerson } from "../../interact/answer.ts";
import { notices } from "../../interact/notices.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { mentionedPeople, messageToText } from "../../slack/request/message-text.ts";
import type { WrittenMessage } from "../../slack/request/read-message.ts";
import type { SlackEvent, SlackRequest } from "../../slack/request/slack-request.ts";
import {
  type CardThread,
  findThread,
  keepWithAlert,
  type MessageChange,
  mirrorMessage,
} from "./mirror-message.ts";

type MirroredEvent = Exclude<MessageEvent, { type: "bot_mentioned" }>;

/** Mirrors a message that was written, edited or deleted in the thread of a card. */
export async function onMessage(deps: Deps, installation: Installation, event: MirroredEvent): Promise<void> {
  const thread = await threadOf(deps, event);
  if (!thread?.mirrored) return;
  switch (event.type) {
    case "message_written":
      return keepMessage(deps, { installation, thread, message: event.message, change: { kind: "written" } });
    case "message_edited": {
      const change = { kind: "edited", ts: event.editedTs } as const;
      return keepMessage(deps, { installation, thread, message: event.message, change });
    }
    case "message_deleted": {
      const { channelId, ts } = event;
      const words = { text: "", files: [] };
      await mirrorMessage(deps.db, {
        thread,
        channelId,
        ts,
        change: { kind: "deleted" },
        author: unknownPerson,
        slack: null,
        words,
      });
      return deps.wake();
    }
    default:
      return event satisfies never;
  }
}

/** Used only if the author is not known; Slack does not say who deleted a message. */
const unknownPerson = { type: "system", id: null, name: "Somebody" } as const;

interface ThreadMessage {
  installation: Installation;
  thread: CardThread;
  message: WrittenMessage;
  change: MessageChange;
}

/** Keeps a message of a card's thread as a comment on its alert. */
async function keepMessage(
  deps: Deps,
  { installation, thread, message, change }: ThreadMessage,
): Promise<void> {
  const { channelId, ts, userId, files } = message;
  const client = await deps.slack.clientFor(installation.id);
  const query = { db: deps.db.kysely, client, installation, slackUserId: userId, now: deps.clock() };
  const author = await authorOf(query);
  const slack = { userId, teamId: installation.teamId };
  const text = await messageText(deps, { client, installation }, message);
  if (text || files.length > 0)
    await mirrorMessage(deps.db, { thread, channelId, ts, change, author, slack, words: { text, files } });
  deps.wake();
}

/** A message as plain text, with names in place of mentions. */
export async function messageText(
  { db, clock }: Deps,
  { client, installation }: { client: SlackClient; installation: Installation },
  { text }: Pick<WrittenMessage, "text">,
): Promise<string> {
  const ids = mentionedPeople(text);
  const names = await loadNames({
    db: db.kysely,
    client,
    installationId: installation.id,
    ids,
    now: clock(),
  });
  return messageToText(text, { botUserId: installation.botUserId, names });
}

/**
 * Drops messages outside the threads of cards before anything is stored: with the thread mirror, Slack sends
 * every message of every channel that the bot is in. A mention of the bot elsewhere is kept without its text,
 * for a reply.
 */
export async function dropUnrelated<Request extends SlackRequest>(
  deps: Pick<Deps, "db">,
  request: Request,
): Promise<Request | null> {
  if (request.type !== "event_callback") return request;
  const { event } = request;
  switch (event.type) {
    case "message_written":
    case "message_edited":
    case "message_deleted":
      return (await threadOf(deps, event))?.mirrored ? request : null;
    case "bot_mentioned": {
      if (await threadOf(deps, event)) return request;
      return { ...request, event: { ...event, message: { ...event.message, text: "", files: [] } } };
    }
    case "other":
      return null;
    default:
      return request;
  }
}

type Mention = Extract<SlackEvent, { type: "bot_mentioned" }>;
type EventCallback = Extract<SlackRequest, { type: "event_callback" }>;

/**
 * Handles a mention of the bot. In a card's thread the message becomes a comment; only its author sees the
 * notice.
 */
export async function onMention(deps: Deps, request: EventCallback, event: Mention): Promise<void> {
  const { message } = event;
  const { teamId, enterpriseId, orgInstall } = request;
  const by = await acting(deps, {
    teamId,
    enterpriseId,
    orgInstall,
    userId: message.userId,
    userTeamId: null,
  });
  if (!by) return;
  const thread = await threadOf(deps, event);
  const notice = thread ? await keepMentioned(by, thread, message) : notices.onlyInThreads;
  await notifyPerson(
    by,
    { responseUrl: null, channelId: message.channelId, threadTs: message.threadTs ?? message.ts },
    notice,
  );
}

/** Keeps the message and returns the notice for its author. With the mirror no permission is needed. */
async function keepMentioned(by: Acting, thread: CardThread, message: WrittenMessage): Promise<string> {
  const { deps, installation, client } = by;
  const kept = notices.kept(thread.number);
  if (thread.mirrored) {
    await keepMessage(deps, { installation, thread, message, change: { kind: "written" } });
    return kept;
  }
  const actor = await actorWith(by, toManage, toKeep(thread.alertId));
  if (isRefusal(actor)) return actor.why;
  const text = await messageText(deps, { client, installation }, message);
  if (!text && message.files.length === 0) return notices.nothingSaid;
  const { channelId, ts, files } = message;
  const data = { text, thread: { cardId: thread.cardId }, ...(files.length > 0 && { files }) };
  await keepWithAlert(deps.db, { alertId: thread.alertId, channelId, ts, by: inSlack(by, actor), data });
  deps.wake();
  return kept;
}

/** The attempt to keep a message with an alert. */
export function toKeep(alertId: string | null): Attempt {
  return { action: "alert.commented", alertId, wanted: null };
}

type MessageEvent = Extract<
  SlackEvent,
  { type: "message_written" | "message_edited" | "message_deleted" | "bot_mentioned" }
>;

/** The thread that a message is in; null for a message outside the threads of cards, and for a card itself. */
async function threadOf({ db }: Pick<Deps, "db">, event: MessageEvent): Promise<CardThread | null> {
  const { channelId, ts, threadTs } = "message" in event ? event.message : event;
  if (threadTs === null || threadTs === ts) return null;
  return findThread(db, { channelId, ts: threadTs });
}
