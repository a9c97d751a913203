import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { authorOf, loadNames } from "../../connect/identity/identify.ts";
import type { Installation } from "../../connect/installations/installations.ts";
import { type Acting, acting, actorWith, toManage } from "../../interact/acting.ts";
import { tell } from "../../interact/answer.ts";
import { notices } from "../../interact/notices.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { mentionedPeople, messageToText } from "../../slack/request/message-text.ts";
import type { WrittenMessage } from "../../slack/request/read-message.ts";
import type { SlackEvent, SlackRequest } from "../../slack/request/slack-request.ts";
import { type CardThread, findThread, type Heard, keepWithAlert, mirrorMessage } from "./mirror-message.ts";

type Mirrored = Exclude<MessageEvent, { type: "bot_mentioned" }>;

/** Somebody wrote in the thread of a card, or changed or deleted what they had written. */
export async function onMessage(deps: Deps, installation: Installation, event: Mirrored): Promise<void> {
  const thread = await threadToldOf(deps, event);
  if (!thread?.mirrored) return;
  switch (event.type) {
    case "message_written":
      return keepMessage(deps, { installation, thread, message: event.message, heard: { kind: "written" } });
    case "message_edited": {
      const heard = { kind: "edited", ts: event.editedTs } as const;
      return keepMessage(deps, { installation, thread, message: event.message, heard });
    }
    case "message_deleted": {
      const { channelId, ts } = event;
      const words = { text: "", files: [] };
      await mirrorMessage(deps.db, {
        thread,
        channelId,
        ts,
        heard: { kind: "deleted" },
        author: somebody,
        words,
      });
      return deps.wake();
    }
    default:
      return event satisfies never;
  }
}

/** Slack doesn't say who deleted a message: what is known of its author is used. */
const somebody = { type: "system", id: null, name: "Somebody" } as const;

interface Keeping {
  installation: Installation;
  thread: CardThread;
  message: WrittenMessage;
  heard: Heard;
}

/** Keeps what somebody wrote in a card's thread as a comment of its alert. */
async function keepMessage(deps: Deps, { installation, thread, message, heard }: Keeping): Promise<void> {
  const { channelId, ts, userId, files } = message;
  const client = await deps.slack.clientFor(installation.id);
  const asked = { db: deps.db.kysely, client, installation, slackUserId: userId, now: deps.clock() };
  const author = await authorOf(asked);
  const text = await wordsOf(deps, { client, installation }, message);
  if (text || files.length > 0)
    await mirrorMessage(deps.db, { thread, channelId, ts, heard, author, words: { text, files } });
  deps.wake();
}

/** What a message says, in plain text, with the names of those whom it mentions. */
export async function wordsOf(
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
 * With the thread mirror Slack sends every message of every channel that the bot is in. Those that are none of
 * Tocsin's business end here, before anything of them is stored: null. A call for the bot goes on without its
 * words, so that whoever called can be told where to.
 */
export async function dropForeign<Request extends SlackRequest>(
  deps: Pick<Deps, "db">,
  request: Request,
): Promise<Request | null> {
  if (request.type !== "event_callback") return request;
  const { event } = request;
  switch (event.type) {
    case "message_written":
    case "message_edited":
    case "message_deleted":
      return (await threadToldOf(deps, event))?.mirrored ? request : null;
    case "bot_mentioned": {
      if (await threadToldOf(deps, event)) return request;
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

/** Somebody called the bot: below a card what they wrote becomes a comment, and only they are told so. */
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
  const thread = await threadToldOf(deps, event);
  const said = thread ? await keepMentioned(by, thread, message) : notices.onlyInThreads;
  await tell(
    by,
    { responseUrl: null, channelId: message.channelId, threadTs: message.threadTs ?? message.ts },
    said,
  );
}

/** What whoever called is told. With the mirror the thread is kept anyway, whoever writes. */
async function keepMentioned(by: Acting, thread: CardThread, message: WrittenMessage): Promise<string> {
  const { deps, installation, client } = by;
  const kept = notices.kept(thread.number);
  if (thread.mirrored) {
    await keepMessage(deps, { installation, thread, message, heard: { kind: "written" } });
    return kept;
  }
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return actor.why;
  const text = await wordsOf(deps, { client, installation }, message);
  if (!text && message.files.length === 0) return notices.nothingSaid;
  const { channelId, ts, files } = message;
  const data = { text, thread: { cardId: thread.cardId }, ...(files.length > 0 && { files }) };
  await keepWithAlert(deps.db, { alertId: thread.alertId, channelId, ts, actor, data });
  deps.wake();
  return kept;
}

type MessageEvent = Extract<
  SlackEvent,
  { type: "message_written" | "message_edited" | "message_deleted" | "bot_mentioned" }
>;

/** The card in whose thread a message stands; null for any other message, and for a card itself. */
async function threadToldOf({ db }: Pick<Deps, "db">, event: MessageEvent): Promise<CardThread | null> {
  const { channelId, ts, threadTs } = "message" in event ? event.message : event;
  if (threadTs === null || threadTs === ts) return null;
  return findThread(db, { channelId, ts: threadTs });
}
