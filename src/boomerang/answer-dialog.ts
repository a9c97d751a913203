import type { KnownBlock, ModalView } from "@slack/types";
import { type Answer, maxAnswerLength, noLabel, yesLabel } from "../alert/boomerang.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { isMember } from "../connect/identity/decide-identity.ts";
import { loadProfile } from "../connect/identity/identify.ts";
import { transaction } from "../db/transaction.ts";
import type { Acting } from "../interact/acting.ts";
import { notifyPerson, type SubmissionAnswer } from "../interact/answer.ts";
import { formModal, infoDialog } from "../interact/dialog-blocks.ts";
import type { Memory } from "../interact/memory.ts";
import { sighted } from "../messages/sighting.ts";
import type { BlockActions, SlackAction, ViewSubmission } from "../slack/request/slack-request.ts";
import { plain } from "../slack/text/text.ts";
import { findRecipient } from "./find-boomerangs.ts";
import { type Answerer, decideAnswer, takeAnswer } from "./take-answer.ts";

/** Block id and action id of the text input. */
const answerField = { block: "answer", action: "text" } as const;

/** The dialog that asks for a reason (`choice` is set) or for a free-text answer (`choice` is null). */
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

type AnswerAction = Extract<SlackAction, { kind: "answer" }>;

const questionGone = "This question no longer exists. Nothing was recorded.";

/** Handles a click on an answer button. Opens a dialog first if the question asks for a reason or free text. */
export async function onAnswer(
  by: Acting,
  request: BlockActions,
  { askId, how }: AnswerAction,
): Promise<void> {
  const found = await findRecipient(by.deps.db.kysely, askId);
  if (!found) return notifyPerson(by, request, questionGone);
  const { boomerang, recipient } = found;
  const installationId = by.installation.id;
  if (request.messageTs)
    await sighted(by.deps.db.kysely, { id: askId, installationId, ts: request.messageTs });
  const { name, ...answerer } = await loadAnswerer(by);
  const decision = decideAnswer({ boomerang, recipient, asker: boomerang.askedBy.name }, answerer);
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
  const recorded = await record(by, { askId, answerer, name, answer: { kind: how, reason: null } });
  if (isRefusal(recorded)) await notifyPerson(by, request, recorded.why);
}

/** Handles the submitted answer dialog. */
export async function onAnswerDialog(
  by: Acting,
  { values }: ViewSubmission,
  { askId, choice }: Extract<Memory, { dialog: "answer" }>,
): Promise<SubmissionAnswer> {
  const text = values[answerField.block]?.[answerField.action]?.trim() ?? "";
  if (text === "")
    return { response_action: "errors", errors: { [answerField.block]: "Please write a few words." } };
  const { name, ...answerer } = await loadAnswerer(by);
  const answer: Answer = choice ? { kind: choice, reason: text } : { kind: "text", text };
  const recorded = await record(by, { askId, answerer, name, answer });
  if (!isRefusal(recorded)) return {};
  return { response_action: "update", view: infoDialog("Answer not recorded", recorded.why, text) };
}

/** Handles a click on "Why am I asked?". */
export async function onWhy(by: Acting, request: BlockActions, askId: string): Promise<void> {
  const found = await findRecipient(by.deps.db.kysely, askId);
  if (!found) return notifyPerson(by, request, questionGone);
  await by.client.openView(request.triggerId, whyDialog(found.boomerang.askedBy.name));
}

async function record(
  { deps }: Acting,
  { askId, answerer, name, answer }: { askId: string; answerer: Answerer; name: string; answer: Answer },
): Promise<Refusal | "recorded"> {
  const recorded = await transaction(deps.db, (tx) => takeAnswer(tx, { askId, by: answerer, name, answer }));
  deps.wake();
  return recorded;
}

async function loadAnswerer({
  deps,
  client,
  installation,
  who,
}: Acting): Promise<Answerer & { name: string }> {
  const profile = await loadProfile({
    db: deps.db.kysely,
    client,
    installation,
    slackUserId: who.userId,
    now: deps.clock(),
  });
  const member = profile !== null && isMember(profile, installation);
  return { slackUserId: who.userId, profile, member, name: profile?.name ?? "Somebody in Slack" };
}

/** Explains the question to an employee who doesn't know Tocsin: why it is asked and what an answer does. */
export function whyDialog(asker: string): ModalView {
  return infoDialog(
    "Why am I asked?",
    [
      "The security team checks unusual activity. It may be harmless, or someone may be using your account. Often only you can tell which.",
      "Only the security team gets your answer. Being asked doesn't mean that you did something wrong, and nothing happens automatically.",
      `If you are not sure whether this message is real, write to ${asker} in Slack instead of answering. Tocsin, the tool that sent it, never asks for a password and never asks you to open a link.`,
    ].join("\n\n"),
  );
}
