import { sql } from "kysely";
import { durationHours } from "../../alert/boomerang.ts";
import type { Deps } from "../../api/deps.ts";
import { problem } from "../../api/problem.ts";
import { orSlackUnavailable } from "../../connect/app/app-routes.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { questionTimes } from "../ask.ts";
import { loadOrigin } from "../ask-from-console.ts";
import { drawQuestion } from "../draw-question.ts";
import { fillQuestion } from "../fill-question.ts";
import { readParts } from "../preview.ts";
import { confirmingOf } from "../second-factor/ways.ts";
import type { AutomaticBoomerangInput, AutomaticPreviewBody } from "./contract.ts";
import { findAutomaticRecipient } from "./find-recipient.ts";

/** The question about the detection's newest alert, and whom it would reach. A 409 without an alert or Slack. */
export async function previewAutomatic(
  deps: Deps,
  detection: { source: { id: string }; detectionId: string },
  { whom, question, answers, openFor, secondFactor }: AutomaticBoomerangInput,
): Promise<AutomaticPreviewBody> {
  const db = deps.db.kysely;
  const { rows } = await sql<{ id: string }>`
    select id from alerts
    where source_id = ${detection.source.id} and detection_id = ${detection.detectionId}
    order by created_at desc limit 1`.execute(db);
  const alert = rows[0] && (await findAlert(db, rows[0].id));
  if (!alert) throw problem(409, "There is no alert of this detection to preview the question with.");
  const { origin, installation, client } = await loadOrigin(deps, alert.id);
  const { context, number, title } = alert;
  const lookup = { client, installation, db, confirming: confirmingOf(deps.config) };
  const to = await orSlackUnavailable(findAutomaticRecipient(lookup, { whom, secondFactor, context }));
  const now = deps.clock();
  const at = { timezone: origin.timezone, now };
  const { blocks } = drawQuestion({
    ...at,
    askId: "preview",
    kind: to.reached ? to.recipient.kind : "channel" in whom ? "channel" : "person",
    asker: null,
    question: fillQuestion(question, alert, at),
    answers,
    secondFactor,
    until: questionTimes(now, durationHours[openFor]).expiresAt,
  });
  return {
    alert: { number, title },
    to: to.reached ? to.recipient.name : null,
    why: to.reached ? null : `${to.name} can't be asked: ${to.why}`,
    parts: readParts(blocks),
  };
}
