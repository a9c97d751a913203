import type { KnownBlock, ModalView } from "@slack/types";
import { type Answer, maxAnswerLength, noLabel, yesLabel } from "../alert/boomerang.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { isMember } from "../connect/identity/decide-identity.ts";
import { faceOf } from "../connect/identity/identify.ts";
import { transaction } from "../db/transaction.ts";
import type { Acting } from "../interact/acting.ts";
import { notifyPerson, type SubmissionAnswer } from "../interact/answer.ts";
import { formModal, infoDialog } from "../interact/dialog-blocks.ts";
import type { Memory } from "../interact/memory.ts";
import type { BlockActions, SlackAction, ViewSubmission } from "../slack/request/slack-request.ts";
import { plain } from "../slack/text/text.ts";
import { findAsk } from "./find-boomerangs.ts";
import { type Answerer, decideAnswer, takeAnswer } from "./take-answer.ts";

/** Where the words of an answer stand in what Slack sends back. */
const answerField = { block: "answer", action: "text" } as const;

/** Asks for the reason of a choice, or for an answer in one's own words. */
export function answerDialog(
  { askId, question }: { askId: string; question: string },
  choice: "yes" | "no" | null,
): ModalView {
  const label =
    choice === null ? "Your answer" : choice === "yes" ? `${yesLabel}, because…` : `${noLabel}, because…`;
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "question", text: plain(question, 1000) },
    {
      type: "input",
      block_id: answerField.block,
      label: plain(label, 100),
      element: {
        type: "plain_text_input",
        action_id: answerField.action,
        multiline: true,
        max_length: maxAnswerLength,
        focus_on_load: true,
      },
    },
  ];
  return formModal("Your answer", "Send", { memory: { dialog: "answer", askId, choice }, blocks });
}

type Clicked = Extract<SlackAction, { kind: "answer" }>;

const gone = "This question is no longer in Tocsin. Nothing was recorded.";

/** Somebody pressed a button of a question. Where words are asked for, a dialog opens first. */
export async function onAnswer(by: Acting, request: BlockActions, { askId, how }: Clicked): Promise<void> {
  const asked = await findAsk(by.deps.db.kysely, askId);
  if (!asked) return notifyPerson(by, request, gone);
  const { boomerang, ask } = asked;
  const { name, ...answerer } = await whoAnswers(by);
  const decision = decideAnswer({ boomerang, ask, asker: boomerang.askedBy.name }, answerer);
  if (decision.kind === "refuse") return notifyPerson(by, request, decision.why);
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
  if (isRefusal(taken)) await notifyPerson(by, request, taken.why);
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
  if (!asked) return notifyPerson(by, request, gone);
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

/** Tells an employee, who has never heard of Tocsin, what this is and what their answer does. */
export function whyDialog(asker: string): ModalView {
  return infoDialog(
    "Why am I asked?",
    [
      "Security looks into things that may be nothing at all, or somebody else acting in your name. Often only you can tell which.",
      "Your answer goes to the security team, and nobody else. It doesn't mean that you did something wrong, and nothing happens by itself.",
      `If you are not sure whether this is real, write to ${asker} in Slack instead of answering. Tocsin never asks for a password, and never asks you to open a link.`,
    ].join("\n\n"),
  );
}
