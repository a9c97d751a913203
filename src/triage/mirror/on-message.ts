import { authorOf } from "../../people/slack/author-of.ts";
import type { Installation } from "../../people/slack/find-installation.ts";
import { namesOf } from "../../people/slack/names-of.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import type { HeardMessage } from "../../slack/heard/heard-message.ts";
import { mentionedPeople } from "../../slack/heard/mentioned-people.ts";
import { messageWords } from "../../slack/heard/message-words.ts";
import type { Heard } from "../thread/decide-mirror.ts";
import type { CardThread } from "../thread/find-thread.ts";
import { mirrorMessage } from "./mirror-message.ts";
import type { Deps } from "../../api/deps.ts";
import { type MessageEvent, threadToldOf } from "../../http/slack/heard/thread-told-of.ts";

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

export interface Keeping {
  installation: Installation;
  thread: CardThread;
  message: HeardMessage;
  heard: Heard;
}

/** Keeps what somebody wrote in a card's thread as a comment of its alert. */
export async function keepMessage(
  deps: Deps,
  { installation, thread, message, heard }: Keeping,
): Promise<void> {
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
  { text }: Pick<HeardMessage, "text">,
): Promise<string> {
  const ids = mentionedPeople(text);
  const names = await namesOf({
    db: db.kysely,
    client,
    installationId: installation.id,
    ids,
    now: clock(),
  });
  return messageWords(text, { botUserId: installation.botUserId, names });
}
