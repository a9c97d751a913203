import type { Permission } from "../alert/permission.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { findAlert, type StandingAlert } from "../history/find-alerts.ts";
import type { ControlsId } from "./card-ref.ts";
import { closeDialog } from "../slack/dialogs/close-dialog.ts";
import { commentDialog } from "../slack/dialogs/comment-dialog.ts";
import type { CardRef } from "./memory.ts";
import { notices } from "./notices.ts";
import type { BlockActions } from "../slack/request/slack-request.ts";
import { commentRequired } from "../triage/comment-required.ts";
import { type Acting, actorWith, toManage } from "./acting.ts";
import { cardOf } from "../http/slack/card-of.ts";
import { openDrawn } from "../http/slack/open-drawn.ts";

type View = Parameters<Acting["client"]["openView"]>[1];

const gone: Refusal = { refused: "not_found", why: notices.alertGone };

/** Asks for a comment before the alert is closed, if whoever clicked may close it. */
export async function openCloseDialog(
  by: Acting,
  request: BlockActions,
  { on, to }: { on: ControlsId; to: "RESOLVED" | "CLOSED" },
): Promise<void> {
  const required = (await commentRequired(by.deps.db.kysely)) ? "required" : "optional";
  const draw = (alert: StandingAlert) =>
    closeDialog(alert, { ...cardOf(on, request), dialog: "close", to }, required);
  await openOn(by, request, { alertId: on.alertId, draw, needed: toManage });
}

export async function openCommentDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const draw = (alert: StandingAlert) => commentDialog(alert, cardOf(on, request));
  await openOn(by, request, { alertId: on.alertId, draw, needed: toManage });
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

/** Opens a dialog about an alert, drawn from how it stands, for somebody who may do what it is for. */
export async function openOn(
  by: Acting,
  request: BlockActions,
  {
    alertId,
    draw,
    needed = [],
  }: {
    alertId: string;
    draw: (alert: StandingAlert) => View | Promise<View>;
    needed?: readonly Permission[];
  },
): Promise<void> {
  await openDrawn(by, request, async () => {
    const actor = needed.length > 0 ? await actorWith(by, needed) : null;
    if (isRefusal(actor)) return actor;
    const alert = await findAlert(by.deps.db.kysely, alertId);
    return alert ? draw(alert) : gone;
  });
}
