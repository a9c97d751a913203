import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { detailsDialog } from "./draw-details.ts";
import { valueDialog } from "../../slack/details/value-dialog.ts";
import type { infoDialog } from "../../slack/dialogs/info-dialog.ts";
import type { CardRef, DetailsAt } from "../../interact/memory.ts";
import { notices } from "../../interact/notices.ts";
import { type Acting, actorWith, toView } from "../../interact/acting.ts";
import { timezoneOf } from "../../interact/open-dialog.ts";

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
