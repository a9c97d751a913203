import { isRefusal } from "../../../alert/refusal.ts";
import { authorOf } from "../../../people/slack/author-of.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { keepDialog } from "../../../triage/mirror/keep-dialog.ts";
import { notices } from "../../../interact/notices.ts";
import type { SlackRequest } from "../../../slack/request/slack-request.ts";
import { cut } from "../../../slack/text/text.ts";
import { oneLine } from "../../../slack/text/one-line.ts";
import { findThread } from "../../../triage/thread/find-thread.ts";
import { keepWithAlert } from "../../../triage/thread/keep-with-alert.ts";
import type { Deps } from "../../../api/deps.ts";
import { type Acting, acting, actorWith, toManage } from "../../../interact/acting.ts";
import { tell } from "../tell.ts";
import { wordsOf } from "../../../triage/mirror/on-message.ts";

type Shortcut = Extract<SlackRequest, { type: "message_action" }>;

/** Slack keeps 3,000 characters with a dialog, in which a line break counts as two. */
const longestInDialog = 1200;

/** "Add to alert" in a message's menu: below a card it is that alert, elsewhere a dialog asks which. */
export async function onShortcut(deps: Deps, request: Shortcut): Promise<void> {
  const by = request.callbackId === "add_to_alert" ? await acting(deps, request) : null;
  if (!by) return;
  const { channelId, message } = request;
  const at = { responseUrl: null, channelId, threadTs: message.threadTs ?? undefined };
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return tell(by, at, actor.why);
  const thread = await findThread(deps.db, { channelId, ts: message.threadTs ?? message.ts });
  if (thread && message.ts === (message.threadTs ?? message.ts))
    return tell(by, at, notices.isTheCard(thread.number));
  const text = await quoted(by, request);
  if (!text) return tell(by, at, notices.nothingToKeep);
  if (!thread) return ask(by, request, text);
  const { alertId, cardId } = thread;
  const data = { text, thread: { cardId }, ...(message.files.length > 0 && { files: message.files }) };
  const kept = await keepWithAlert(deps.db, { alertId, channelId, ts: message.ts, actor, data });
  deps.wake();
  await tell(by, at, (kept === "already" ? notices.keptAlready : notices.kept)(thread.number));
}

/** The message, headed by whose it is unless it is one's own; empty if it says nothing. */
async function quoted(by: Acting, { message, userId }: Shortcut): Promise<string> {
  const text = await wordsOf(by.deps, by, message);
  if (!text && message.files.length === 0) return "";
  if (message.userId === userId) return text;
  return `${await writer(by, message)} wrote: ${text}`;
}

async function writer({ deps, client, installation }: Acting, message: Shortcut["message"]): Promise<string> {
  if (message.byApp || message.userId === null) return oneLine(message.appName ?? "", 80) || "An app";
  const asked = { db: deps.db.kysely, client, installation, now: deps.clock() };
  return (await authorOf({ ...asked, slackUserId: message.userId })).name;
}

async function ask(by: Acting, request: Shortcut, text: string): Promise<void> {
  const { channelId, message, triggerId } = request;
  const { ts, threadTs } = message;
  const view = keepDialog({
    dialog: "keep",
    channel: channelId,
    ts,
    threadTs,
    text: cut(text, longestInDialog),
  });
  try {
    await by.client.openView(triggerId, view);
  } catch (fault) {
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
    await tell(by, { responseUrl: null, channelId }, notices.tooSlow);
  }
}
