import type { ModalView } from "@slack/types";
import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { authorOf } from "../../connect/identity/identify.ts";
import { type Acting, acting, actorWith, toManage } from "../../interact/acting.ts";
import { type SubmissionAnswer, tell } from "../../interact/answer.ts";
import { askingModal, infoDialog } from "../../interact/dialog-blocks.ts";
import type { Memory } from "../../interact/memory.ts";
import { notices } from "../../interact/notices.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackRequest, ViewSubmission } from "../../slack/request/slack-request.ts";
import { cut, oneLine, plain, revealAndCut } from "../../slack/text/text.ts";
import { findThread, keepWithAlert } from "./mirror-message.ts";
import { wordsOf } from "./on-message.ts";

/** Where the number stands in what Slack sends back. */
const numberField = { block: "number", action: "text" } as const;

/** Asks with which alert a message is to be kept, and shows what would be kept. */
function keepDialog(memory: Extract<Memory, { dialog: "keep" }>): ModalView {
  const kept = [{ type: "text" as const, text: revealAndCut(memory.text, 1500) || "–" }];
  return askingModal("Add to alert", "Add", {
    memory,
    blocks: [
      {
        type: "input",
        block_id: numberField.block,
        label: plain("Number of the alert", 100),
        element: {
          type: "plain_text_input",
          action_id: numberField.action,
          max_length: 20,
          focus_on_load: true,
          placeholder: plain("As on its card: #1042", 150),
        },
      },
      { type: "section", block_id: "about", text: plain("This becomes a comment:", 100) },
      { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: kept }] },
    ],
  });
}

/** The dialog of "Add to alert" was submitted: the message becomes a comment of the alert with that number. */
export async function onKeep(
  by: Acting,
  { values }: ViewSubmission,
  { channel, ts, text }: Extract<Memory, { dialog: "keep" }>,
): Promise<SubmissionAnswer> {
  const { db } = by.deps;
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor))
    return { response_action: "update", view: infoDialog("Nothing was changed", actor.why, text) };
  const typed = values[numberField.block]?.[numberField.action]?.trim() ?? "";
  const [, number] = /^#?(\d{1,15})$/.exec(typed) ?? [];
  if (!number) return wrong(notices.numberWanted);
  const alert = await db.kysely
    .selectFrom("alerts")
    .select("id")
    .where("number", "=", Number(number))
    .executeTakeFirst();
  if (!alert) return wrong(notices.noAlert(number));
  const kept = await keepWithAlert(db, {
    alertId: alert.id,
    channelId: channel,
    ts,
    actor,
    data: { text },
  });
  by.deps.wake();
  return kept === "kept" ? {} : wrong(notices.keptAlready(Number(number)));
}

function wrong(why: string): SubmissionAnswer {
  return { response_action: "errors", errors: { [numberField.block]: why } };
}

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
