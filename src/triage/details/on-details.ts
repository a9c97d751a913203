import type { ModalView } from "@slack/types";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { type Acting, actorWith, toView } from "../../interact/acting.ts";
import { type CardRef, cardOf, cardRef } from "../../interact/card-ref.ts";
import { dialog, type Form } from "../../interact/dialog.ts";
import { infoDialog } from "../../interact/dialog-blocks.ts";
import { notices } from "../../interact/notices.ts";
import { openDrawnDialog, timezoneOf } from "../../interact/open-dialog.ts";
import { menuEntry, type SlackAction } from "../../interact/slack-action.ts";
import type { BlockActions } from "../../slack/request/slack-request.ts";
import { findSeenBefore } from "../seen-before/find-seen-before.ts";
import { type DetailsAt, detailsAt, detailsControls, type NextDetails } from "./details-controls.ts";
import { drawDetails } from "./draw-details.ts";
import { maxQueryLength, searchAction } from "./paging.ts";

/** Shows an alert's details. Its submit button searches: it shows the matches, or the context for an empty query. */
export const detailsDialog = dialog({
  name: "details",
  memory: cardRef.extend({ at: detailsAt }),
  draw: (form: Form) => form,
  async submit(by, { values }, card) {
    const typed = Object.values(values).map((block) => block[searchAction]);
    const query = (typed.find((text) => text?.trim()) ?? "").trim().slice(0, maxQueryLength);
    const view = await viewOf(by, card, query ? { show: "found", query, page: 0 } : firstPart);
    return { response_action: "update", view: isRefusal(view) ? nothingToShow(view) : view };
  },
});

/** The entry of a card's menu that opens the details. */
export const showDetails = menuEntry({
  name: "details",
  label: "Show alert details",
  isOffered: () => true,
  act: (by, request, on) => openDrawnDialog(by, request, () => viewOf(by, cardOf(on, request), firstPart)),
});

/** The controls inside the dialog. */
export const detailsActions: SlackAction<NextDetails>[] = detailsControls.map(({ id, read }) => ({
  id,
  read,
  act: showNext,
}));

/** Shows another part or page in the open dialog, or opens one value on top of it. */
async function showNext(
  by: Acting,
  { view: open, triggerId }: BlockActions,
  next: NextDetails,
): Promise<void> {
  const memory = detailsDialog.memory.safeParse(open?.memory);
  if (!open || !memory.success) return;
  const from = memory.data.at;
  const at = next(from);
  const drawn = await viewOf(by, memory.data, at);
  const view = isRefusal(drawn) ? nothingToShow(drawn) : drawn;
  if (at.show === "value" && from.show !== "value") await by.client.pushView(triggerId, view);
  else await by.client.updateView({ id: open.id }, view);
}

const firstPart: DetailsAt = { show: "part", part: "context", page: 0 };

const gone: Refusal = { refused: "not_found", why: notices.detailsGone };

function nothingToShow({ why }: Refusal): ModalView {
  return infoDialog("Nothing to show", why);
}

/** Draws the details of the current alert; a refusal if the person may not see alerts or the alert is gone. */
async function viewOf(by: Acting, card: CardRef, at: DetailsAt): Promise<ModalView | Refusal> {
  const actor = await actorWith(by, toView, { action: "alert.view", alertId: card.alertId, wanted: null });
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
  const place = { timezone, alertUrl: `${deps.config.publicUrl}/alerts/${alert.number}` };
  const events = samples.map((sample) => sample.event);
  const { alerts: seen } = at.show === "part" ? await findSeenBefore(db, alert) : { alerts: [] };
  const form = drawDetails({ alert, events, seen, place, now: deps.clock() }, at);
  return form ? detailsDialog.draw(form, { ...card, at }) : gone;
}
