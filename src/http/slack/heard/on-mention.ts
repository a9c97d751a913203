import { isRefusal } from "../../../alert/refusal.ts";
import type { HeardMessage } from "../../../slack/heard/heard-message.ts";
import { notices } from "../../../interact/notices.ts";
import type { SlackEvent, SlackRequest } from "../../../slack/request/slack-request.ts";
import type { CardThread } from "../../../triage/thread/find-thread.ts";
import { keepWithAlert } from "../../../triage/thread/keep-with-alert.ts";
import type { Deps } from "../../../api/deps.ts";
import { type Acting, acting, actorWith, toManage } from "../../../interact/acting.ts";
import { tell } from "../tell.ts";
import { keepMessage, wordsOf } from "../../../triage/mirror/on-message.ts";
import { threadToldOf } from "./thread-told-of.ts";

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
async function keepMentioned(by: Acting, thread: CardThread, message: HeardMessage): Promise<string> {
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
