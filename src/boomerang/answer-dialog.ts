import { z } from "zod";
import { type Answer, maxAnswerLength, noLabel, yesLabel } from "../alert/boomerang.ts";
import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { isMember } from "../connect/identity/decide-identity.ts";
import { loadProfile } from "../connect/identity/identify.ts";
import { transaction } from "../db/transaction.ts";
import { type Acting, auditRefusal, inSlack, slackActor } from "../interact/acting.ts";
import type { SubmissionAnswer } from "../interact/answer.ts";
import { dialog, type Form, modal } from "../interact/dialog.ts";
import { infoDialog } from "../interact/dialog-blocks.ts";
import { wantedChanges } from "../people/audit-log/changes.ts";
import { plain } from "../slack/text/text.ts";
import { findRecipient } from "./find-boomerangs.ts";
import { askToConfirm, type ToConfirm, toConfirmBlocks } from "./second-factor/ask-to-confirm.ts";
import { askerOf, decideAnswer, type LoadedAnswerer, takeAnswer } from "./take-answer.ts";

/** Block id and action id of the text input. */
const answerField = { block: "answer", action: "text" } as const;

/** Asks for a reason (`choice` is set) or for an answer in free text (`choice` is null). */
export const answerDialog = dialog({
  name: "answer",
  memory: z.object({ askId: z.uuid(), choice: z.enum(["yes", "no"]).nullable() }),
  draw: (question: string, { choice }): Form => ({
    title: "Your answer",
    submit: "Send",
    blocks: [
      { type: "section", block_id: "question", text: plain(question, 1000) },
      {
        type: "input",
        block_id: answerField.block,
        label: plain(labelOf(choice), 100),
        element: {
          type: "plain_text_input",
          action_id: answerField.action,
          multiline: true,
          max_length: maxAnswerLength,
          focus_on_load: true,
        },
      },
    ],
  }),
  async submit(by, { values }, { askId, choice }): Promise<SubmissionAnswer> {
    const text = values[answerField.block]?.[answerField.action]?.trim() ?? "";
    if (text === "")
      return { response_action: "errors", errors: { [answerField.block]: "Please write a few words." } };
    const answerer = await loadAnswerer(by);
    const answer: Answer = choice ? { kind: choice, reason: text } : { kind: "text", text };
    const recorded = await recordAnswer(by, { askId, answerer, answer });
    if (recorded === "recorded") return {};
    if (!isRefusal(recorded)) {
      const blocks = toConfirmBlocks(recorded);
      return { response_action: "update", view: modal("info", { title: "Confirm your answer", blocks }) };
    }
    return { response_action: "update", view: infoDialog("Answer not recorded", recorded.why, text) };
  },
});

function labelOf(choice: "yes" | "no" | null): string {
  if (choice === null) return "Your answer";
  return `${choice === "yes" ? yesLabel : noLabel}, because…`;
}

/** Records an answer, or keeps it until the person confirms it. */
export async function recordAnswer(
  by: Acting,
  { askId, answerer, answer }: { askId: string; answerer: LoadedAnswerer; answer: Answer },
): Promise<Refusal | "recorded" | ToConfirm> {
  const { deps } = by;
  const outcome = await recordOrKeep(by, { askId, answerer, answer });
  deps.wake();
  if (isRefusal(outcome)) await auditRefusedAnswer(by, { askId, kind: answer.kind, why: outcome.why });
  return outcome;
}

async function recordOrKeep(
  by: Acting,
  { askId, answerer, answer }: { askId: string; answerer: LoadedAnswerer; answer: Answer },
): Promise<Refusal | "recorded" | ToConfirm> {
  const found = await findRecipient(by.deps.db.kysely, askId);
  if (found?.boomerang.secondFactor) {
    const asker = askerOf(found.boomerang);
    const decision = decideAnswer({ ...found, asker }, answerer);
    if (decision.kind === "refuse") return { refused: "conflict", why: decision.why };
    return askToConfirm(by, { askId, answerer, answer, asker });
  }
  // Answering needs no Tocsin user, so the actor is a Slack user.
  const doer = inSlack(by, { ...slackActor(by), name: answerer.name });
  return transaction(by.deps.db, (tx) => takeAnswer(tx, { askId, by: answerer, doer, answer }));
}

/** Adds an answer that was not taken to the audit log. */
export async function auditRefusedAnswer(
  by: Acting,
  { askId, kind, why }: { askId: string; kind: Answer["kind"]; why: string },
): Promise<void> {
  const found = await findRecipient(by.deps.db.kysely, askId);
  const alertId = found?.boomerang.alertId ?? null;
  const attempt = { action: "boomerang.answer", alertId, wanted: wantedChanges({ answer: kind }) } as const;
  await auditRefusal(by, slackActor(by), attempt, why);
}

/** The person who clicked, as `decideAnswer` needs them. */
export async function loadAnswerer({ deps, client, installation, who }: Acting): Promise<LoadedAnswerer> {
  const profile = await loadProfile({
    db: deps.db.kysely,
    client,
    installation,
    slackUserId: who.userId,
    now: deps.clock(),
  });
  const member = profile !== null && isMember(profile, installation);
  const name = profile?.name ?? "Somebody in Slack";
  const email = profile?.emailConfirmed ? profile.email : null;
  return { slackUserId: who.userId, profile, member, name, email };
}
