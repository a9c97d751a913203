import { z } from "zod";
import type { Deps } from "../api/deps.ts";
import { redrawCard } from "../messages/want.ts";
import type { ViewSubmission } from "../slack/request/slack-request.ts";
import { acting } from "./acting.ts";
import type { SubmissionAnswer } from "./answer.ts";
import type { Dialog } from "./dialog.ts";
import { infoDialog } from "./dialog-blocks.ts";

/**
 * Handles a submitted dialog. Decided in one transaction; the response closes the dialog or shows the result in
 * it. Throws a `SlackFault`, and has then changed nothing, if Slack doesn't say by the deadline who submitted it.
 */
export async function onSubmission(
  deps: Deps,
  dialogs: readonly Dialog[],
  request: ViewSubmission,
  deadline?: number,
): Promise<SubmissionAnswer> {
  const dialog = dialogs.find(({ name }) => name === request.callbackId);
  const memory = dialog?.memory.safeParse(request.memory);
  if (!dialog || !memory?.success) return {};
  const by = await acting(deps, request, deadline);
  return by ? dialog.submit(by, request, memory.data) : {};
}

/** Asks to press the dialog's button again. What was typed stays in the dialog. */
export function pressAgain({ values }: ViewSubmission, why: string): SubmissionAnswer {
  const [block] = Object.keys(values);
  if (block) return { response_action: "errors", errors: { [block]: why } };
  return { response_action: "push", view: infoDialog("Not done yet", `${why} Close this first.`) };
}

const openedFrom = z.object({ channel: z.string(), ts: z.string() });

/** Has the card drawn again from which a dialog was opened that is closed now: a select may show a choice. */
export async function onClosed({ db, wake }: Deps, { memory }: { memory: unknown }): Promise<void> {
  const card = openedFrom.safeParse(memory);
  if (card.success) await redrawCard(db.kysely, { channelId: card.data.channel, ts: card.data.ts });
  wake();
}
