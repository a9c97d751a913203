import { isRefusal, type Refusal } from "../../../alert/refusal.ts";
import { findAlert } from "../../../history/find-alerts.ts";
import { detailsDialog } from "../../../slack/details/details-dialog.ts";
import { valueDialog } from "../../../slack/details/value-dialog.ts";
import type { infoDialog } from "../../../slack/dialogs/info-dialog.ts";
import type { CardRef, DetailsAt } from "../../../slack/dialogs/memory.ts";
import { notices } from "../../../slack/message/notices.ts";
import { type Acting, actorWith, toView } from "../act.ts";
import { timezoneOf } from "../dialogs.ts";

type View = ReturnType<typeof infoDialog>;

const gone: Refusal = { refused: "not_found", why: notices.detailsGone };

/** The details dialog of an alert as it stands, for somebody who may see alerts; else why not. */
export async function drawDetails(by: Acting, card: CardRef, at: DetailsAt): Promise<View | Refusal> {
  const actor = await actorWith(by, toView);
  if (isRefusal(actor)) return actor;
  const { deps } = by;
  const db = deps.db.kysely;
  const [alert, samples, timezone] = await Promise.all([
    findAlert(db, card.alertId),
    db
      .selectFrom("alert_samples")
      .select("event")
      .where("alert_id", "=", card.alertId)
      .orderBy("n")
      .execute(),
    timezoneOf(deps.db, card),
  ]);
  if (!alert) return gone;
  const { alertId, version, channel, ts } = card;
  const view = {
    alert,
    events: samples.map((sample) => sample.event),
    place: { timezone, alertUrl: `${deps.config.publicUrl}/alerts/${alert.number}` },
    now: deps.clock(),
    card: { alertId, version, channel, ts },
  };
  return at.show === "value" ? (valueDialog(view, at) ?? gone) : detailsDialog(view, at);
}
