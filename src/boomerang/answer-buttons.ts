import type { Button, ModalView } from "@slack/types";
import { z } from "zod";
import type { Actor } from "../alert/alert.ts";
import { isAutomatic } from "../alert/automatic-boomerang.ts";
import { type AnswerFormat, noLabel, yesLabel } from "../alert/boomerang.ts";
import { isRefusal } from "../alert/refusal.ts";
import type { Acting } from "../interact/acting.ts";
import { notifyPerson, sendPrivately } from "../interact/answer.ts";
import { infoDialog } from "../interact/dialog-blocks.ts";
import { slackAction } from "../interact/slack-action.ts";
import { sighted } from "../messages/sighting.ts";
import type { BlockActions } from "../slack/request/slack-request.ts";
import { plain } from "../slack/text/text.ts";
import { answerDialog, auditRefusedAnswer, loadAnswerer, recordAnswer } from "./answer-dialog.ts";
import { findRecipient } from "./find-boomerangs.ts";
import { drawToConfirm } from "./second-factor/ask-to-confirm.ts";
import { askerOf, decideAnswer } from "./take-answer.ts";

/** The buttons of an open question, in its actions block. */
export function questionButtons({
  kind,
  answers,
}: {
  kind: "person" | "channel";
  answers: AnswerFormat;
}): Button[] {
  const why = whyAsked.draw({ label: kind === "person" ? "Why am I asked?" : "Why are we asked?" });
  if (answers === "text") return [inOwnWords.draw({ label: "Answer", style: "primary" }), why];
  // A question with a reason opens a dialog, which can still be cancelled.
  const asking = answers === "yes_no" ? { confirm } : {};
  return [yes.draw({ label: yesLabel }), no.draw({ label: noLabel, style: "danger", ...asking }), why];
}

const yes = questionButton("boomerang-yes", (by, request, askId) =>
  answer(by, request, { askId, how: "yes" }),
);
const no = questionButton("boomerang-no", (by, request, askId) => answer(by, request, { askId, how: "no" }));
const inOwnWords = questionButton("boomerang-text", (by, request, askId) =>
  answer(by, request, { askId, how: "text" }),
);
const whyAsked = questionButton("boomerang-why", async (by, request, askId) => {
  const found = await findRecipient(by.deps.db.kysely, askId);
  if (!found) return notifyPerson(by, request, questionGone);
  await by.client.openView(request.triggerId, whyDialog(found.boomerang));
});
export const questionActions = [yes, no, inOwnWords, whyAsked];

function questionButton(
  id: string,
  act: (by: Acting, request: BlockActions, askId: string) => Promise<void>,
) {
  return slackAction({
    id,
    draw: ({ label, ...look }: Look): Omit<Button, "action_id"> => ({
      type: "button",
      text: plain(label, 75),
      ...look,
    }),
    read: ({ blockId }) => readQuestionBlockId(blockId),
    act,
  });
}

type Look = { label: string } & Pick<Button, "style" | "confirm">;

const confirm: Button["confirm"] = {
  title: plain("Are you sure?", 100),
  text: plain(
    "The security team will look into it right away. You can also write to them to tell them more.",
    300,
  ),
  confirm: plain(noLabel, 30),
  deny: plain("Go back", 30),
  style: "danger",
};

const blockIdShape = z.tuple([z.literal("boomerang"), z.uuid()]);

/** The block id of a question's buttons, which holds the recipient's id. */
export function writeQuestionBlockId(askId: string): string {
  return `boomerang:${askId}`;
}

function readQuestionBlockId(blockId: string): string | null {
  const read = blockIdShape.safeParse(blockId.split(":"));
  return read.success ? read.data[1] : null;
}

const questionGone = "This question no longer exists. Nothing was recorded.";

/** Records an answer. Opens a dialog first if the question asks for a reason or free text. */
async function answer(
  by: Acting,
  request: BlockActions,
  { askId, how }: { askId: string; how: "yes" | "no" | "text" },
): Promise<void> {
  const found = await findRecipient(by.deps.db.kysely, askId);
  if (!found) return notifyPerson(by, request, questionGone);
  const { boomerang, recipient } = found;
  const installationId = by.installation.id;
  if (request.messageTs)
    await sighted(by.deps.db.kysely, { id: askId, installationId, ts: request.messageTs });
  const answerer = await loadAnswerer(by);
  const decision = decideAnswer({ boomerang, recipient, asker: askerOf(boomerang) }, answerer);
  if (decision.kind === "refuse") {
    await auditRefusedAnswer(by, { askId, kind: how, why: decision.why });
    return notifyPerson(by, request, decision.why);
  }
  if (boomerang.answers !== "yes_no") {
    const choice = how === "text" ? null : how;
    await by.client.openView(request.triggerId, answerDialog.draw(boomerang.question, { askId, choice }));
    return;
  }
  if (how === "text") return;
  const recorded = await recordAnswer(by, { askId, answerer, answer: { kind: how, reason: null } });
  if (isRefusal(recorded)) await notifyPerson(by, request, recorded.why);
  else if (recorded !== "recorded") await sendPrivately(by, request, drawToConfirm(recorded));
}

/** Explains the question to an employee who doesn't know Tocsin: why it is asked and what an answer does. */
export function whyDialog({ askedBy, secondFactor }: { askedBy: Actor; secondFactor: boolean }): ModalView {
  const doesNothing = isAutomatic(askedBy) ? "" : ", and nothing happens automatically";
  return infoDialog(
    "Why am I asked?",
    [
      "The security team checks unusual activity. It may be harmless, or someone may be using your account. Often only you can tell which.",
      `Only the security team gets your answer. Being asked doesn't mean that you did something wrong${doesNothing}.`,
      `If you are not sure whether this message is real, write to ${askerOf({ askedBy })} in Slack instead of answering. Tocsin, the tool that sent it, never asks for a password${secondFactor ? ". It asks you to open a link only to confirm your answer, right after you gave it" : " and never asks you to open a link"}.`,
    ].join("\n\n"),
  );
}
