import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { type Acting, actorWith, toView } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type ControlsId, cardOf } from "../../interact/card-ref.ts";
import { infoDialog } from "../../interact/dialog-blocks.ts";
import type { CardRef, DetailsAt, Memory } from "../../interact/memory.ts";
import { notices } from "../../interact/notices.ts";
import { openDrawnDialog, timezoneOf } from "../../interact/open-dialog.ts";
import type { BlockActions, SlackAction, ViewSubmission } from "../../slack/request/slack-request.ts";
import { detailsDialog, valueDialog } from "./draw-details.ts";
import { maxQueryLength, searchAction } from "./paging.ts";

type View = ReturnType<typeof infoDialog>;

const gone: Refusal = { refused: "not_found", why: notices.detailsGone };

/** Draws the details dialog of the current alert; a refusal if the person may not see alerts or the alert is gone. */
async function drawDetails(by: Acting, card: CardRef, at: DetailsAt): Promise<View | Refusal> {
  const actor = await actorWith(by, toView, card.alertId);
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

/** Opens the details of an alert with its context. */
export async function openDetails(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const card = cardOf(on, request);
  await openDrawnDialog(by, request, () => drawDetails(by, card, { show: "part", part: "context", page: 0 }));
}

/** Handles Search in the details dialog: shows the matches, or the context if the query is empty. */
export async function searchDetails(
  by: Acting,
  request: ViewSubmission,
  memory: Extract<Memory, { dialog: "details" }>,
): Promise<SubmissionAnswer> {
  const typed = Object.values(request.values).map((block) => block[searchAction]);
  const query = (typed.find((text) => text?.trim()) ?? "").trim().slice(0, maxQueryLength);
  const at: DetailsAt = query
    ? { show: "found", query, page: 0 }
    : { show: "part", part: "context", page: 0 };
  const drawn = await drawDetails(by, memory, at);
  const view = isRefusal(drawn) ? infoDialog("Nothing to show", drawn.why) : drawn;
  return { response_action: "update", view };
}

type DetailsAction = Extract<SlackAction, { kind: "details-part" | "details-page" | "details-value" }>;

/** Shows another part or page in an open details dialog, or opens one value on top of it. */
export async function updateDetails(by: Acting, request: BlockActions, action: DetailsAction): Promise<void> {
  const { view: open } = request;
  if (open?.memory?.dialog !== "details") return;
  const drawn = await drawDetails(by, open.memory, nextView(open.memory.at, action));
  const view = isRefusal(drawn) ? infoDialog("Nothing to show", drawn.why) : drawn;
  if (action.kind === "details-value") await by.client.pushView(request.triggerId, view);
  else await by.client.updateView({ id: open.id }, view);
}

function nextView(from: DetailsAt, action: DetailsAction): DetailsAt {
  switch (action.kind) {
    case "details-part":
      return { show: "part", part: action.part, page: 0 };
    case "details-page":
      return { ...from, page: action.page };
    case "details-value":
      return { show: "value", part: action.part, n: action.n, page: 0 };
    default:
      return action satisfies never;
  }
}
