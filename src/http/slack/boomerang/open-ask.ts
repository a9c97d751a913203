import { setTimeout as sleep } from "node:timers/promises";
import { isRefusal } from "../../../alert/refusal.ts";
import type { StandingAlert } from "../../../history/find-alerts.ts";
import { asFace } from "../../../people/slack/as-face.ts";
import { askDialog } from "../../../slack/boomerang/ask-dialog.ts";
import { fillQuestion, prefilledQuestion } from "../../../slack/boomerang/fill-question.ts";
import type { ControlsId } from "../../../slack/card/controls-id.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import type { BlockActions } from "../../../slack/request/slack-request.ts";
import { emailFields } from "../../../triage/boomerang/email-fields.ts";
import { emailsIn } from "../../../triage/boomerang/emails-in.ts";
import { whyUnreachable } from "../../../triage/boomerang/why-unreachable.ts";
import { type Acting, actorWith, toManage } from "../act.ts";
import { cardOf } from "../card-of.ts";
import { openOn, timezoneOf } from "../dialogs.ts";
import { tell } from "../tell.ts";

/** Of the three seconds that a trigger lasts. */
const lookUpMs = 1200;

/** Opens the dialog that asks whom to ask what, with whoever the alert is about suggested. */
export async function openAsk(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return tell(by, request, actor.why);
  const card = cardOf(on, request);
  const timezone = await timezoneOf(by.deps.db, card);
  await openOn(by, request, {
    alertId: on.alertId,
    draw: async (alert) =>
      askDialog({
        alert,
        card,
        question: fillQuestion(prefilledQuestion, alert, { timezone, now: by.deps.clock() }),
        suggested: await Promise.race([suggested(by, alert), sleep(lookUpMs, null, { ref: false })]),
      }),
  });
}

/** The person whose e-mail stands in the alert, if they can be asked. */
async function suggested(
  { deps, client, installation }: Acting,
  alert: StandingAlert,
): Promise<string | null> {
  const [email] = emailsIn(alert.context, await emailFields(deps.db.kysely));
  if (!email) return null;
  try {
    const user = await client.lookupByEmail(email);
    return user && !whyUnreachable(asFace(user), installation) ? user.id : null;
  } catch (fault) {
    // A suggestion less; who is asked is chosen by hand then.
    if (!(fault instanceof SlackFault)) throw fault;
    return null;
  }
}
