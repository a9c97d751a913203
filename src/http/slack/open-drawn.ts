import { setTimeout as sleep } from "node:timers/promises";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { infoDialog, loadingDialog } from "../../slack/dialogs/info-dialog.ts";
import { notices } from "../../interact/notices.ts";
import type { BlockActions } from "../../slack/request/slack-request.ts";
import type { Acting } from "../../interact/acting.ts";
import { tell } from "./tell.ts";

type View = ReturnType<typeof infoDialog>;
type Drawn = View | Refusal;

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
async function open(by: Acting, request: BlockActions, view: View) {
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
function silence(fault: unknown): View {
  if (!(fault instanceof SlackFault)) throw fault;
  return infoDialog("Nothing was changed", notices.slackSilent);
}

function asView(drawn: Drawn): View {
  return isRefusal(drawn) ? infoDialog("Nothing was changed", drawn.why) : drawn;
}

/** Nobody waits for it any more; that it fails now is no fault of anybody's. */
function ignore(drawing: Promise<Drawn>): void {
  drawing.catch(() => undefined);
}
