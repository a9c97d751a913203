import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { type Acting, actorWith, toView } from "../../interact/acting.ts";
import type { SubmissionAnswer } from "../../interact/answer.ts";
import { type ControlsId, cardOf } from "../../interact/card-ref.ts";
import { infoDialog } from "../../interact/dialog-blocks.ts";
import type { CardRef, DetailsAt, Memory } from "../../interact/memory.ts";
import { notices } from "../../interact/notices.ts";
import { openDrawn, timezoneOf } from "../../interact/open-dialog.ts";
import type { BlockActions, SlackAction, ViewSubmission } from "../../slack/request/slack-request.ts";
import { detailsDialog, valueDialog } from "./draw-details.ts";
import { longestQuery, searchAction } from "./paging.ts";

type View = ReturnType<typeof infoDialog>;

const gone: Refusal = { refused: "not_found", why: notices.detailsGone };

/** The details dialog of an alert as it stands, for somebody who may see alerts; else why not. */
async function drawDetails(by: Acting, card: CardRef, at: DetailsAt): Promise<View | Refusal> {
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

/** Opens the details of an alert, beginning with its context. */
export async function openDetails(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const card = cardOf(on, request);
  await openDrawn(by, request, () => drawDetails(by, card, { show: "part", part: "context", page: 0 }));
}

/** Somebody pressed Search in the details dialog: it shows what was found, or with nothing typed all again. */
export async function searchDetails(
  by: Acting,
  request: ViewSubmission,
  memory: Extract<Memory, { dialog: "details" }>,
): Promise<SubmissionAnswer> {
  const typed = Object.values(request.values).map((block) => block[searchAction]);
  const query = (typed.find((text) => text?.trim()) ?? "").trim().slice(0, longestQuery);
  const at: DetailsAt = query
    ? { show: "found", query, page: 0 }
    : { show: "part", part: "context", page: 0 };
  const drawn = await drawDetails(by, memory, at);
  const view = isRefusal(drawn) ? infoDialog("Nothing to show", drawn.why) : drawn;
  return { response_action: "update", view };
}

type Turn = Extract<SlackAction, { kind: "details-part" | "details-page" | "details-value" }>;

/** Shows another part or page in the details dialog that somebody has open, or puts one value on top of it. */
export async function turnDetails(by: Acting, request: BlockActions, turn: Turn): Promise<void> {
  const { view: open } = request;
  if (open?.memory?.dialog !== "details") return;
  const drawn = await drawDetails(by, open.memory, turned(open.memory.at, turn));
  const view = isRefusal(drawn) ? infoDialog("Nothing to show", drawn.why) : drawn;
  if (turn.kind === "details-value") await by.client.pushView(request.triggerId, view);
  else await by.client.updateView({ id: open.id }, view);
}

function turned(from: DetailsAt, turn: Turn): DetailsAt {
  switch (turn.kind) {
    case "details-part":
      return { show: "part", part: turn.part, page: 0 };
    case "details-page":
      return { ...from, page: turn.page };
    case "details-value":
      return { show: "value", part: turn.part, n: turn.n, page: 0 };
    default:
      return turn satisfies never;
  }
}
