import type { Answer } from "../../../alert/boomerang.ts";
import { isRefusal, type Refusal } from "../../../alert/refusal.ts";
import { transaction } from "../../../db/transaction.ts";
import { faceOf } from "../../../people/slack/face-of.ts";
import { isMember } from "../../../people/slack/is-member.ts";
import { answerDialog, answerField } from "../../../boomerang/answer-dialog.ts";
import { whyDialog } from "../../../slack/boomerang/why-dialog.ts";
import { infoDialog } from "../../../slack/dialogs/info-dialog.ts";
import type { Memory } from "../../../interact/memory.ts";
import type { BlockActions, SlackAction, ViewSubmission } from "../../../slack/request/slack-request.ts";
import { type Answerer, decideAnswer } from "../../../triage/boomerang/decide-answer.ts";
import { findAsk } from "../../../boomerang/find-boomerangs.ts";
import { takeAnswer } from "../../../boomerang/take-answer.ts";
import type { Acting } from "../../../interact/acting.ts";
import type { SubmissionAnswer } from "../submission-answer.ts";
import { tell } from "../tell.ts";

type Clicked = Extract<SlackAction, { kind: "answer" }>;

const gone = "This question is no longer in Tocsin. Nothing was recorded.";

/** Somebody pressed a button of a question. Where words are asked for, a dialog opens first. */
export async function onAnswer(by: Acting, request: BlockActions, { askId, how }: Clicked): Promise<void> {
  const asked = await findAsk(by.deps.db.kysely, askId);
  if (!asked) return tell(by, request, gone);
  const { boomerang, ask } = asked;
  const { name, ...answerer } = await whoAnswers(by);
  const decision = decideAnswer({ boomerang, ask, asker: boomerang.askedBy.name }, answerer);
  if (decision.kind === "refuse") return tell(by, request, decision.why);
  if (boomerang.answers !== "yes_no") {
    const choice = how === "text" ? null : how;
    await by.client.openView(
      request.triggerId,
      answerDialog({ askId, question: boomerang.question }, choice),
    );
    return;
  }
  if (how === "text") return;
  const taken = await take(by, { askId, answerer, name, answer: { kind: how, reason: null } });
  if (isRefusal(taken)) await tell(by, request, taken.why);
}

/** The dialog for a reason, or for one's own words, was submitted. */
export async function onAnswerDialog(
  by: Acting,
  { values }: ViewSubmission,
  { askId, choice }: Extract<Memory, { dialog: "answer" }>,
): Promise<SubmissionAnswer> {
  const words = values[answerField.block]?.[answerField.action]?.trim() ?? "";
  if (words === "")
    return { response_action: "errors", errors: { [answerField.block]: "Please write a few words." } };
  const { name, ...answerer } = await whoAnswers(by);
  const answer: Answer = choice ? { kind: choice, reason: words } : { kind: "text", text: words };
  const taken = await take(by, { askId, answerer, name, answer });
  if (!isRefusal(taken)) return {};
  return { response_action: "update", view: infoDialog("Nothing was recorded", taken.why, words) };
}

/** Somebody wants to know what this is. */
export async function onWhy(by: Acting, request: BlockActions, askId: string): Promise<void> {
  const asked = await findAsk(by.deps.db.kysely, askId);
  if (!asked) return tell(by, request, gone);
  await by.client.openView(request.triggerId, whyDialog(asked.boomerang.askedBy.name));
}

async function take(
  { deps }: Acting,
  { askId, answerer, name, answer }: { askId: string; answerer: Answerer; name: string; answer: Answer },
): Promise<Refusal | "taken"> {
  const taken = await transaction(deps.db, (tx) => takeAnswer(tx, { askId, by: answerer, name, answer }));
  deps.wake();
  return taken;
}

async function whoAnswers({ deps, client, installation, who }: Acting): Promise<Answerer & { name: string }> {
  const face = await faceOf({
    db: deps.db.kysely,
    client,
    installation,
    slackUserId: who.userId,
    now: deps.clock(),
  });
  const member = face !== null && isMember(face, installation);
  return { slackUserId: who.userId, face, member, name: face?.name ?? "Somebody in Slack" };
}
