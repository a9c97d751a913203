import { z } from "zod";
import { suppressFors } from "../../../alert/boomerang.ts";
import { isRefusal } from "../../../alert/refusal.ts";
import { transaction } from "../../../db/transaction.ts";
import { audit } from "../../../people/audit.ts";
import { suppressFields } from "../../../boomerang/suppression/suppress-dialog.ts";
import { infoDialog } from "../../../slack/dialogs/info-dialog.ts";
import type { Memory } from "../../../interact/memory.ts";
import type { ViewSubmission } from "../../../slack/request/slack-request.ts";
import { suppress } from "../../../boomerang/suppression/suppress.ts";
import { whoConfirmed } from "../../../triage/suppression/who-confirmed.ts";
import { type Acting, actorWith, toManage } from "../../../interact/acting.ts";
import type { SubmissionAnswer } from "../submission-answer.ts";

const choices = z.object({ askId: z.uuid(), length: z.enum(suppressFors) });

/** The dialog was submitted: repeats for whoever was chosen open no alert for that time. */
export async function onSuppress(
  by: Acting,
  { values }: ViewSubmission,
  { alertId }: Extract<Memory, { dialog: "suppress" }>,
): Promise<SubmissionAnswer> {
  const { deps } = by;
  const { person, length, action } = suppressFields;
  const chosen = choices.safeParse({ askId: values[person]?.[action], length: values[length]?.[action] });
  if (!chosen.success) return {};
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return say(actor.why);
  const { askId } = chosen.data;
  const confirmed = await whoConfirmed(deps.db.kysely, alertId);
  if (confirmed.every((one) => one.askId !== askId)) return say("Nobody has answered Yes to this.");
  const made = await transaction(deps.db, async (tx) => {
    const done = await suppress(tx, { askId, for: chosen.data.length, actor, via: "slack" });
    if (isRefusal(done)) return done;
    const target = { type: "alert", id: alertId } as const;
    const data = { suppression: done.id };
    await audit(tx, { actor, via: "slack", ip: null }, { action: "alert.suppress", target, data });
    return done;
  });
  deps.wake();
  return isRefusal(made) ? say(made.why) : {};
}

function say(why: string): SubmissionAnswer {
  return { response_action: "update", view: infoDialog("Nothing was suppressed", why) };
}
