import { z } from "zod";
import { isRefusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { authorOf } from "../../connect/identity/identify.ts";
import { type Acting, acting, actorWith, inSlack, toManage } from "../../interact/acting.ts";
import { notifyPerson, type SubmissionAnswer } from "../../interact/answer.ts";
import { dialog, type Form } from "../../interact/dialog.ts";
import { infoDialog } from "../../interact/dialog-blocks.ts";
import { notices } from "../../interact/notices.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackRequest } from "../../slack/request/slack-request.ts";
import { cut, oneLine, plain, revealAndCut } from "../../slack/text/text.ts";
import { findThread, keepWithAlert } from "./mirror-message.ts";
import { messageText, toKeep } from "./on-message.ts";

/** The number's place in a submission: `values[block][action]`. */
const numberField = { block: "number", action: "text" } as const;

/** Asks for an alert's number and shows the text of a message that becomes a comment on that alert. */
export const keepDialog = dialog({
  name: "keep",
  memory: z.object({
    channel: z.string(),
    ts: z.string(),
    threadTs: z.string().nullable(),
    text: z.string(),
  }),
  draw: (text: string): Form => ({
    title: "Add to alert",
    submit: "Add",
    blocks: [
      {
        type: "input",
        block_id: numberField.block,
        label: plain("Alert number", 100),
        element: {
          type: "plain_text_input",
          action_id: numberField.action,
          max_length: 20,
          focus_on_load: true,
          placeholder: plain("As on its card, for example #1042", 150),
        },
      },
      { type: "section", block_id: "about", text: plain("This will become a comment:", 100) },
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_preformatted",
            elements: [{ type: "text", text: revealAndCut(text, 1500) || "–" }],
          },
        ],
      },
    ],
  }),
  async submit(by, { values }, { channel, ts, text }) {
    const { db } = by.deps;
    const actor = await actorWith(by, toManage, toKeep(null));
    if (isRefusal(actor))
      return { response_action: "update", view: infoDialog("Nothing was changed", actor.why, text) };
    const typed = values[numberField.block]?.[numberField.action]?.trim() ?? "";
    const [, number] = /^#?(\d{1,15})$/.exec(typed) ?? [];
    if (!number) return numberError(notices.numberWanted);
    const alert = await db.kysely
      .selectFrom("alerts")
      .select("id")
      .where("number", "=", Number(number))
      .executeTakeFirst();
    if (!alert) return numberError(notices.noAlert(number));
    const kept = await keepWithAlert(db, {
      alertId: alert.id,
      channelId: channel,
      ts,
      by: inSlack(by, actor),
      data: { text },
    });
    by.deps.wake();
    return kept === "kept" ? {} : numberError(notices.keptAlready(Number(number)));
  },
});

function numberError(why: string): SubmissionAnswer {
  return { response_action: "errors", errors: { [numberField.block]: why } };
}

type Shortcut = Extract<SlackRequest, { type: "message_action" }>;

/** `private_metadata` holds at most 3,000 characters, and JSON escapes a line break as two. */
const maxDialogText = 1200;

/** Handles "Add to alert" in a message's menu. In a card's thread it means that alert; elsewhere a dialog asks. */
export async function onShortcut(deps: Deps, request: Shortcut): Promise<void> {
  const by = request.callbackId === "add_to_alert" ? await acting(deps, request) : null;
  if (!by) return;
  const { channelId, message } = request;
  const at = { responseUrl: null, channelId, threadTs: message.threadTs ?? undefined };
  const thread = await findThread(deps.db, { channelId, ts: message.threadTs ?? message.ts });
  const actor = await actorWith(by, toManage, toKeep(thread?.alertId ?? null));
  if (isRefusal(actor)) return notifyPerson(by, at, actor.why);
  if (thread && message.ts === (message.threadTs ?? message.ts))
    return notifyPerson(by, at, notices.isTheCard(thread.number));
  const text = await quotedText(by, request);
  if (!text) return notifyPerson(by, at, notices.nothingToKeep);
  if (!thread) return openKeepDialog(by, request, text);
  const { alertId, cardId } = thread;
  const data = { text, thread: { cardId }, ...(message.files.length > 0 && { files: message.files }) };
  const kept = await keepWithAlert(deps.db, {
    alertId,
    channelId,
    ts: message.ts,
    by: inSlack(by, actor),
    data,
  });
  deps.wake();
  await notifyPerson(by, at, (kept === "already" ? notices.keptAlready : notices.kept)(thread.number));
}

/** The message's text, with its author's name if that is somebody else; empty if the message is empty. */
async function quotedText(by: Acting, { message, userId }: Shortcut): Promise<string> {
  const text = await messageText(by.deps, by, message);
  if (!text && message.files.length === 0) return "";
  if (message.userId === userId) return text;
  return `${await authorName(by, message)} wrote: ${text}`;
}

async function authorName(
  { deps, client, installation }: Acting,
  message: Shortcut["message"],
): Promise<string> {
  if (message.byApp || message.userId === null) return oneLine(message.appName ?? "", 80) || "An app";
  const query = { db: deps.db.kysely, client, installation, now: deps.clock() };
  return (await authorOf({ ...query, slackUserId: message.userId })).name;
}

async function openKeepDialog(by: Acting, request: Shortcut, text: string): Promise<void> {
  const { channelId, message, triggerId } = request;
  const { ts, threadTs } = message;
  const kept = cut(text, maxDialogText);
  const view = keepDialog.draw(kept, { channel: channelId, ts, threadTs, text: kept });
  try {
    await by.client.openView(triggerId, view);
  } catch (fault) {
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
    await notifyPerson(by, { responseUrl: null, channelId }, notices.tooSlow);
  }
}
