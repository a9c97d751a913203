import type { Permission } from "../../alert/permission.ts";
import { isRefusal } from "../../alert/refusal.ts";
import { findAlert, type StandingAlert } from "../../history/find-alerts.ts";
import type { ControlsId } from "../../slack/card/controls-id.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { closeDialog } from "../../slack/dialogs/close-dialog.ts";
import { commentDialog } from "../../slack/dialogs/comment-dialog.ts";
import { detailsDialog } from "../../slack/dialogs/details-dialog.ts";
import type { CardRef } from "../../slack/dialogs/memory.ts";
import type { BlockActions } from "../../slack/request/slack-request.ts";
import { commentRequired } from "../../triage/comment-required.ts";
import { type Acting, actorWith, toManage, toView } from "./act.ts";
import { cardOf } from "./card-of.ts";
import { tell } from "./tell.ts";

type View = Parameters<Acting["client"]["openView"]>[1];

/** Asks for a comment before the alert is closed; the person is known to be allowed to. */
export async function openCloseDialog(
  by: Acting,
  request: BlockActions,
  { on, to }: { on: ControlsId; to: "RESOLVED" | "CLOSED" },
): Promise<void> {
  const required = await commentRequired(by.deps.db.kysely);
  const draw = (alert: StandingAlert) =>
    closeDialog(alert, { ...cardOf(on, request), dialog: "close", to }, required ? "required" : "optional");
  await openOn(by, request, { alertId: on.alertId, draw });
}

export async function openCommentDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  if (!(await allowed(by, request, toManage))) return;
  await openOn(by, request, {
    alertId: on.alertId,
    draw: (alert) => commentDialog(alert, cardOf(on, request)),
  });
}

export async function openDetails(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  if (!(await allowed(by, request, toView))) return;
  const at = { part: "context", page: 0 };
  const view = await detailsOf(by, cardOf(on, request), at);
  if (view) await openOn(by, request, { alertId: on.alertId, draw: () => view });
}

/** Shows another part or page in the details dialog that somebody has open. */
export async function turnDetails(
  by: Acting,
  request: BlockActions,
  to: { part?: string; page: number },
): Promise<void> {
  const memory = request.view?.memory;
  if (!request.view || memory?.dialog !== "details" || !(await allowed(by, request, toView))) return;
  const view = await detailsOf(by, memory, { part: to.part ?? memory.part, page: to.page });
  if (view) await by.client.updateView({ id: request.view.id }, view);
}

async function detailsOf(
  { deps }: Acting,
  card: CardRef,
  at: { part: string; page: number },
): Promise<View | null> {
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
  if (!alert) return null;
  const { alertId, version, channel, ts } = card;
  const place = { timezone, alertUrl: `${deps.config.publicUrl}/alerts/${alert.number}` };
  const events = samples.map((sample) => sample.event);
  return detailsDialog({
    alert,
    events,
    place,
    now: deps.clock(),
    card: { alertId, version, channel, ts },
    at,
  });
}

/** The zone of the destination that the card stands for. */
export async function timezoneOf(
  { kysely }: Acting["deps"]["db"],
  card: Pick<CardRef, "channel" | "ts">,
): Promise<string> {
  if (!card.channel || !card.ts) return "UTC";
  const destination = await kysely
    .selectFrom("cards")
    .innerJoin("destinations", "destinations.id", "cards.destination_id")
    .select("timezone")
    .where("cards.channel_id", "=", card.channel)
    .where("cards.ts", "=", card.ts)
    .executeTakeFirst();
  return destination?.timezone ?? "UTC";
}

async function allowed(by: Acting, request: BlockActions, needed: readonly Permission[]): Promise<boolean> {
  const actor = await actorWith(by, needed);
  if (isRefusal(actor)) await tell(by, request, actor.why);
  return !isRefusal(actor);
}

/** Opens a dialog about an alert, drawn from how it stands. */
export async function openOn(
  by: Acting,
  request: BlockActions,
  { alertId, draw }: { alertId: string; draw: (alert: StandingAlert) => View | Promise<View> },
): Promise<void> {
  const alert = await findAlert(by.deps.db.kysely, alertId);
  if (!alert) return tell(by, request, "This alert is no longer in Tocsin. Nothing was changed.");
  try {
    await by.client.openView(request.triggerId, await draw(alert));
  } catch (fault) {
    // A trigger lives for 3 seconds; whoever clicked is waiting for something to open.
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
    await tell(by, request, "The dialog could not be opened in time. Please try again; nothing was changed.");
  }
}
