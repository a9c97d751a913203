import { setTimeout as sleep } from "node:timers/promises";
import type { Button } from "@slack/types";
import { z } from "zod";
import { answerFormats, durationHours, maxRecipients, openDurations } from "../alert/boomerang.ts";
import { isRefusal } from "../alert/refusal.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { type Acting, type Attempt, actorWith, inSlack, toManage } from "../interact/acting.ts";
import { notifyPerson, type SubmissionAnswer } from "../interact/answer.ts";
import { type ControlsId, cardOf, cardRef, readControlsId } from "../interact/card-ref.ts";
import { dialog } from "../interact/dialog.ts";
import { infoDialog } from "../interact/dialog-blocks.ts";
import { openAlertDialog, timezoneOf } from "../interact/open-dialog.ts";
import { type ControlsView, slackAction } from "../interact/slack-action.ts";
import { transactionAs } from "../people/transaction-as.ts";
import type { BlockActions, ViewSubmission } from "../slack/request/slack-request.ts";
import { createBoomerang, findOrigin } from "./ask.ts";
import { askFields, askForm } from "./ask-form.ts";
import type { QuestionView } from "./draw-question.ts";
import { fillQuestion, prefilledQuestion } from "./fill-question.ts";
import { previewForm } from "./preview.ts";
import {
  type LookupResult,
  lookUpRecipients,
  type Recipient,
  type RecipientReference,
  unreachableSentence,
} from "./recipients.ts";
import { confirmingOf, isOffered, onlyConfirmable } from "./second-factor/ways.ts";
import { suggestPerson } from "./suggest.ts";

/** Asks whom to ask and what. Its submission shows the recipients that can't be reached, else the preview. */
export const askDialog = dialog({
  name: "ask",
  memory: cardRef,
  draw: askForm,
  async submit(by, request, memory) {
    const { deps } = by;
    const alert = await findAlert(deps.db.kysely, memory.alertId);
    if (!alert) return notAsked("This alert no longer exists in Tocsin.");
    const form = readForm(request);
    const errors = formErrors(form);
    if (errors) return { response_action: "errors", errors };
    const { people, conversation, answers, openFor, secondFactor } = form;
    const results = await lookUp(by, form);
    const unreachable = whyUnreachableSentences(results);
    if (unreachable) {
      const field = conversation ? askFields.channel : askFields.people;
      return { response_action: "errors", errors: { [field]: unreachable } };
    }
    const timezone = await timezoneOf(deps.db, memory);
    const now = deps.clock();
    const question = fillQuestion(form.question, alert, { timezone, now });
    const actor = await actorWith(by, toManage, askAttempt(memory.alertId));
    if (isRefusal(actor)) return notAsked(actor.why);
    const shown = {
      kind: conversation ? "channel" : "person",
      asker: actor.name,
      question,
      answers,
      until: new Date(now.getTime() + durationHours[openFor] * 3600_000),
      timezone,
      secondFactor,
      now,
    } as const;
    const to = recipients(results).map(({ name }) => name);
    const remembered = { ...memory, people, conversation, question, answers, openFor, secondFactor };
    return { response_action: "push", view: previewDialog.draw({ shown, to }, remembered) };
  },
});

/** Shows what the recipients will see. Its submission creates the Boomerang. */
export const previewDialog = dialog({
  name: "ask-preview",
  memory: cardRef.extend({
    people: z.array(z.string()),
    conversation: z.string().nullable(),
    question: z.string(),
    answers: z.enum(answerFormats),
    openFor: z.enum(openDurations),
    // Absent in dialogs that a node of an earlier version opened.
    secondFactor: z.boolean().default(false),
  }),
  draw: ({ shown, to }: { shown: Omit<QuestionView, "askId">; to: readonly string[] }) =>
    previewForm(shown, to),
  async submit(by, _, memory) {
    const { deps } = by;
    const actor = await actorWith(by, toManage, askAttempt(memory.alertId));
    if (isRefusal(actor)) return notAsked(actor.why);
    const origin = await findOrigin(deps.db.kysely, { alertId: memory.alertId, card: memory });
    const to = recipients(await lookUp(by, memory));
    if (!origin || to.length === 0) return notAsked("None of the recipients can be reached any more.");
    const { alertId, question, answers, openFor, secondFactor } = memory;
    const asked = await transactionAs(deps.db, { actor }, "Manage Alerts", (tx) =>
      createBoomerang(tx, {
        ...origin,
        installationId: by.installation.id,
        alertId,
        to,
        question,
        answers,
        openFor,
        secondFactor,
        by: inSlack(by, actor),
        askedBySlackId: by.who.userId,
        now: deps.clock(),
      }),
    );
    if (isRefusal(asked)) return notAsked(asked.why);
    deps.wake();
    return { response_action: "clear" };
  },
});

function askAttempt(alertId: string): Attempt {
  return { action: "boomerang.ask", alertId, wanted: null };
}

interface Entered {
  people: string[];
  conversation: string | null;
  question: string;
  answers: (typeof answerFormats)[number];
  openFor: (typeof openDurations)[number];
  secondFactor: boolean;
}

function readForm({ values }: ViewSubmission): Entered {
  const chosen = (field: string) => values[field]?.choice;
  return {
    people: values[askFields.people]?.people?.split(" ").filter(Boolean) ?? [],
    conversation: values[askFields.channel]?.channel ?? null,
    question: values[askFields.question]?.text?.trim() ?? "",
    answers: answerFormats.find((way) => way === chosen(askFields.answers)) ?? "yes_no",
    openFor: openDurations.find((length) => length === chosen(askFields.openFor)) ?? "4h",
    secondFactor: chosen(askFields.secondFactor) === "yes",
  };
}

function formErrors({ people, conversation, question }: Entered): Record<string, string> | null {
  if (question === "") return { [askFields.question]: "Enter a message." };
  if (people.length === 0 && !conversation)
    return { [askFields.people]: "Choose up to five people, or a channel below." };
  if (people.length > 0 && conversation)
    return { [askFields.channel]: "Choose people or a channel, not both." };
  if (people.length > maxRecipients)
    return { [askFields.people]: `At most ${maxRecipients} people can be asked at once.` };
  return null;
}

async function lookUp(
  { client, installation, deps }: Acting,
  asked: Pick<Entered, "people" | "conversation" | "secondFactor">,
): Promise<LookupResult[]> {
  const results = await lookUpRecipients(client, installation, references(asked));
  return asked.secondFactor ? onlyConfirmable(deps.db.kysely, confirmingOf(deps.config), results) : results;
}

function references({
  people,
  conversation,
}: Pick<Entered, "people" | "conversation">): RecipientReference[] {
  return conversation ? [{ channel: conversation }] : people.map((slackUserId) => ({ slackUserId }));
}

function recipients(results: readonly LookupResult[]): Recipient[] {
  return results.flatMap((result) => (result.reached ? [result.recipient] : []));
}

function whyUnreachableSentences(results: readonly LookupResult[]): string | null {
  const sentences = results.flatMap((result) => (result.reached ? [] : [unreachableSentence(result)]));
  return sentences.join(" ") || null;
}

function notAsked(why: string): SubmissionAnswer {
  return { response_action: "update", view: infoDialog("Nobody was asked", why) };
}

/** How long the lookup of the suggested person may take: a trigger expires after 3 s. */
const suggestMs = 1200;

/** The card's button that opens the Boomerang dialog. */
export const askButton = {
  isOffered: ({ full }: ControlsView) => full,
  ...slackAction({
    id: "boomerang",
    draw: ({ alert }: ControlsView): Omit<Button, "action_id"> => ({
      type: "button",
      text: { type: "plain_text", text: "🪃 Boomerang", emoji: false },
      accessibility_label: "Boomerang: ask somebody about this alert",
      value: alert.id,
    }),
    read: ({ blockId }) => readControlsId(blockId),
    act: openAskDialog,
  }),
};

/** Opens the Boomerang dialog, with the person whom the alert is about preselected. */
async function openAskDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const actor = await actorWith(by, toManage, askAttempt(on.alertId));
  if (isRefusal(actor)) return notifyPerson(by, request, actor.why);
  const card = cardOf(on, request);
  const timezone = await timezoneOf(by.deps.db, card);
  const { deps, client, installation } = by;
  const suggested = (alert: VersionedAlert) =>
    suggestPerson({ db: deps.db.kysely, client, installation }, alert);
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    attempt: askAttempt(on.alertId),
    draw: async (alert) => {
      const person = await Promise.race([suggested(alert), sleep(suggestMs, null, { ref: false })]);
      const question = fillQuestion(prefilledQuestion, alert, { timezone, now: by.deps.clock() });
      const offersSecondFactor = await isOffered(deps.db.kysely, confirmingOf(deps.config));
      return askDialog.draw({ alert, question, suggested: person?.id ?? null, offersSecondFactor }, card);
    },
  });
}
