import { isRefusal } from "../../../alert/refusal.ts";
import { infoDialog } from "../../../slack/dialogs/info-dialog.ts";
import { numberField } from "../../../triage/mirror/keep-dialog.ts";
import type { Memory } from "../../../interact/memory.ts";
import { notices } from "../../../interact/notices.ts";
import type { ViewSubmission } from "../../../slack/request/slack-request.ts";
import { keepWithAlert } from "../../../triage/thread/keep-with-alert.ts";
import { type Acting, actorWith, toManage } from "../../../interact/acting.ts";
import type { SubmissionAnswer } from "../submission-answer.ts";

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
