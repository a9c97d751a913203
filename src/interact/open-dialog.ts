import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Permission } from "../alert/permission.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { BlockActions } from "../slack/request/slack-request.ts";
import { type Acting, type Attempt, actorWith } from "./acting.ts";
import { notifyPerson } from "./answer.ts";
import type { CardRef } from "./card-ref.ts";
import { infoDialog, loadingDialog } from "./dialog-blocks.ts";
import { notices } from "./notices.ts";

type View = Parameters<Acting["client"]["openView"]>[1];

const gone: Refusal = { refused: "not_found", why: notices.alertGone };

/**
 * The timezone of the card's destination. Where there is no such card, as in the App Home or an answer to a command, that
 * of the first Slack Bot destination of the alert; UTC if it has none.
 */
export async function timezoneOf(
  { kysely }: Acting["deps"]["db"],
  { alertId, channel, ts }: Pick<CardRef, "alertId" | "channel" | "ts">,
): Promise<string> {
  const { rows } = await sql<{ timezone: string }>`
    select t.timezone from deliveries d join destinations t on t.id = d.destination_id
    left join cards c on c.alert_id = d.alert_id and c.line = d.line
    where d.alert_id = ${alertId} and t.type = 'slack-bot' and t.timezone is not null
    order by coalesce(c.channel_id = ${channel} and c.ts = ${ts}, false) desc, d.created_at limit 1`.execute(
    kysely,
  );
  return rows[0]?.timezone ?? "UTC";
}

/** Opens a dialog about an alert's current state if the person has the needed permissions. */
export async function openAlertDialog(
  by: Acting,
  request: BlockActions,
  {
    alertId,
    draw,
    needed = [],
    attempt,
  }: {
    alertId: string;
    draw: (alert: VersionedAlert) => View | Promise<View>;
    needed?: readonly Permission[];
    /** What the dialog is for. */
    attempt: Omit<Attempt, "alertId">;
  },
): Promise<void> {
  await openDrawnDialog(by, request, async () => {
    const actor = needed.length > 0 ? await actorWith(by, needed, { ...attempt, alertId }) : null;
    if (isRefusal(actor)) return actor;
    const alert = await findAlert(by.deps.db.kysely, alertId);
    return alert ? draw(alert) : gone;
  });
}

type DrawnView = ReturnType<typeof infoDialog>;
type Drawn = DrawnView | Refusal;

/** A trigger lasts 3 seconds; the rest is for opening the dialog in Slack. */
const patienceMs = 1000;

/**
 * Opens a dialog for the acting person, or shows a notice with the refusal. If drawing takes more than a
 * second, "One moment…" opens first and is updated.
 */
export async function openDrawnDialog(
  by: Acting,
  request: BlockActions,
  draw: () => Promise<Drawn>,
): Promise<void> {
  const drawing = draw();
  const drawn = await Promise.race([drawing, sleep(patienceMs, null, { ref: false })]);
  if (drawn && isRefusal(drawn)) return notifyPerson(by, request, drawn.why);
  const opened = await open(by, request, drawn ?? loadingDialog());
  if (drawn || !opened) return ignoreFailure(drawing);
  await by.client.updateView({ id: opened.id }, asView(await drawing.catch(faultView)));
}

/** Returns null if the trigger had expired. */
async function open(by: Acting, request: BlockActions, view: DrawnView) {
  try {
    return await by.client.openView(request.triggerId, view);
  } catch (fault) {
    // The trigger expired, and the person is waiting for a dialog.
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
    await notifyPerson(by, request, notices.tooSlow);
    return null;
  }
}

/** The dialog is open already, so it shows the fault. */
function faultView(fault: unknown): DrawnView {
  if (!(fault instanceof SlackFault)) throw fault;
  return infoDialog("Nothing was changed", notices.slackFailed(fault.code));
}

function asView(drawn: Drawn): DrawnView {
  return isRefusal(drawn) ? infoDialog("Nothing was changed", drawn.why) : drawn;
}

/** Nobody waits for the result any more, so a failure is not reported. */
function ignoreFailure(drawing: Promise<Drawn>): void {
  drawing.catch(() => undefined);
}
