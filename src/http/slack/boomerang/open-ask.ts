import { setTimeout as sleep } from "node:timers/promises";
import { isRefusal } from "../../../alert/refusal.ts";
import type { StandingAlert } from "../../../history/find-alerts.ts";
import { askDialog } from "../../../boomerang/ask-dialog.ts";
import { fillQuestion, prefilledQuestion } from "../../../boomerang/fill-question.ts";
import type { ControlsId } from "../../../interact/card-ref.ts";
import type { BlockActions } from "../../../slack/request/slack-request.ts";
import { suggest } from "../../../boomerang/suggest.ts";
import { type Acting, actorWith, toManage } from "../../../interact/acting.ts";
import { cardOf } from "../card-of.ts";
import { openOn, timezoneOf } from "../../../interact/open-dialog.ts";
import { tell } from "../tell.ts";

/** Of the three seconds that a trigger lasts. */
const lookUpMs = 1200;

/** Opens the dialog that asks whom to ask what, with whoever the alert is about suggested. */
export async function openAsk(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return tell(by, request, actor.why);
  const card = cardOf(on, request);
  const timezone = await timezoneOf(by.deps.db, card);
  const { deps, client, installation } = by;
  const suggested = (alert: StandingAlert) => suggest({ db: deps.db.kysely, client, installation }, alert);
  await openOn(by, request, {
    alertId: on.alertId,
    draw: async (alert) =>
      askDialog({
        alert,
        card,
        question: fillQuestion(prefilledQuestion, alert, { timezone, now: by.deps.clock() }),
        suggested:
          (await Promise.race([suggested(alert), sleep(lookUpMs, null, { ref: false })]))?.id ?? null,
      }),
  });
}
