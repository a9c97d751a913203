import { setTimeout as sleep } from "node:timers/promises";
import type { Permission } from "../alert/permission.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { BlockActions } from "../slack/request/slack-request.ts";
import { type Acting, actorWith } from "./acting.ts";
import { tell } from "./answer.ts";
import { infoDialog, loadingDialog } from "./dialog-blocks.ts";
import type { CardRef } from "./memory.ts";
import { notices } from "./notices.ts";

type View = Parameters<Acting["client"]["openView"]>[1];

const gone: Refusal = { refused: "not_found", why: notices.alertGone };

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
    draw: (alert: VersionedAlert) => View | Promise<View>;
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

type DrawnView = ReturnType<typeof infoDialog>;
type Drawn = DrawnView | Refusal;

/** Of the three seconds that a trigger lasts; the rest is for Slack to open what there is by then. */
const patienceMs = 1000;

/**
 * Opens a dialog for whoever clicked, or tells them why not. Where drawing it needs a slow look-up, "One
 * moment…" opens first and becomes what was wanted.
 */
export async function openDrawn(
  by: Acting,
  request: BlockActions,
  draw: () => Promise<Drawn>,
): Promise<void> {
  const drawing = draw();
  const drawn = await Promise.race([drawing, sleep(patienceMs, null, { ref: false })]);
  if (drawn && isRefusal(drawn)) return tell(by, request, drawn.why);
  const opened = await open(by, request, drawn ?? loadingDialog());
  if (drawn || !opened) return ignore(drawing);
  await by.client.updateView({ id: opened.id }, asView(await drawing.catch(silence)));
}

/** Null when it was too late for that. */
async function open(by: Acting, request: BlockActions, view: DrawnView) {
  try {
    return await by.client.openView(request.triggerId, view);
  } catch (fault) {
    // A trigger lives for 3 seconds; whoever clicked is waiting for something to open.
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
    await tell(by, request, notices.tooSlow);
    return null;
  }
}

/** The dialog is open already: what went wrong stands in it. */
function silence(fault: unknown): DrawnView {
  if (!(fault instanceof SlackFault)) throw fault;
  return infoDialog("Nothing was changed", notices.slackSilent);
}

function asView(drawn: Drawn): DrawnView {
  return isRefusal(drawn) ? infoDialog("Nothing was changed", drawn.why) : drawn;
}

/** Nobody waits for it any more; that it fails now is no fault of anybody's. */
function ignore(drawing: Promise<Drawn>): void {
  drawing.catch(() => undefined);
}
