import { setTimeout as sleep } from "node:timers/promises";
import { answerFormats, durationHours, maxRecipients, openDurations } from "../alert/boomerang.ts";
import { isRefusal } from "../alert/refusal.ts";
import { transaction } from "../db/transaction.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import { type Acting, actorWith, toManage } from "../interact/acting.ts";
import { notifyPerson, type SubmissionAnswer } from "../interact/answer.ts";
import { type ControlsId, cardOf } from "../interact/card-ref.ts";
import { infoDialog } from "../interact/dialog-blocks.ts";
import type { Memory } from "../interact/memory.ts";
import { openAlertDialog, timezoneOf } from "../interact/open-dialog.ts";
import type { BlockActions, ViewSubmission } from "../slack/request/slack-request.ts";
import { createBoomerang, findOrigin } from "./ask.ts";
import { askDialog, askFields } from "./ask-dialog.ts";
import { fillQuestion, prefilledQuestion } from "./fill-question.ts";
import { previewDialog } from "./preview.ts";
import {
  type LookupResult,
  lookUpRecipients,
  type Recipient,
  type RecipientReference,
  unreachableSentence,
} from "./recipients.ts";
import { suggestPerson } from "./suggest.ts";

type AskMemory = Extract<Memory, { dialog: "ask" }>;
type PreviewMemory = Extract<Memory, { dialog: "ask-preview" }>;

/** Handles the submitted first dialog: shows the recipients that can't be reached, else the preview. */
export async function onAskDialog(
  by: Acting,
  request: ViewSubmission,
  memory: AskMemory,
): Promise<SubmissionAnswer> {
  const { deps } = by;
  const alert = await findAlert(deps.db.kysely, memory.alertId);
  if (!alert) return notAsked("This alert no longer exists in Tocsin.");
  const form = readForm(request);
  const errors = formErrors(form);
  if (errors) return { response_action: "errors", errors };
  const { people, conversation, answers, openFor } = form;
  const results = await lookUpRecipients(by.client, by.installation, references(form));
  const unreachable = whyUnreachableSentences(results);
  if (unreachable) {
    const field = conversation ? askFields.channel : askFields.people;
    return { response_action: "errors", errors: { [field]: unreachable } };
  }
  const timezone = await timezoneOf(deps.db, memory);
  const now = deps.clock();
  const question = fillQuestion(form.question, alert, { timezone, now });
  const actor = await actorWith(by, toManage, memory.alertId);
  if (isRefusal(actor)) return notAsked(actor.why);
  const to = recipients(results);
  const view = previewDialog(
    {
      kind: conversation ? "channel" : "person",
      asker: actor.name,
      question,
      answers,
      until: new Date(now.getTime() + durationHours[openFor] * 3600_000),
      timezone,
      now,
    },
    {
      to: to.map(({ name }) => name),
      memory: { ...memory, dialog: "ask-preview", people, conversation, question, answers, openFor },
    },
  );
  return { response_action: "push", view };
}

/** Handles the submitted preview: creates the Boomerang. */
export async function onPreviewDialog(by: Acting, memory: PreviewMemory): Promise<SubmissionAnswer> {
  const { deps } = by;
  const actor = await actorWith(by, toManage, memory.alertId);
  if (isRefusal(actor)) return notAsked(actor.why);
  const origin = await findOrigin(deps.db.kysely, { alertId: memory.alertId, card: memory });
  const to = recipients(await lookUpRecipients(by.client, by.installation, references(memory)));
  if (!origin || to.length === 0) return notAsked("None of the recipients can be reached any more.");
  const { alertId, question, answers, openFor } = memory;
  await transaction(deps.db, (tx) =>
    createBoomerang(tx, {
      ...origin,
      installationId: by.installation.id,
      alertId,
      to,
      question,
      answers,
      openFor,
      actor,
      via: "slack",
      askedBySlackId: by.who.userId,
      now: deps.clock(),
    }),
  );
  deps.wake();
  return { response_action: "clear" };
}

interface Form {
  people: string[];
  conversation: string | null;
  question: string;
  answers: (typeof answerFormats)[number];
  openFor: (typeof openDurations)[number];
}

function readForm({ values }: ViewSubmission): Form {
  const chosen = (field: string) => values[field]?.choice;
  return {
    people: values[askFields.people]?.people?.split(" ").filter(Boolean) ?? [],
    conversation: values[askFields.channel]?.channel ?? null,
    question: values[askFields.question]?.text?.trim() ?? "",
    answers: answerFormats.find((way) => way === chosen(askFields.answers)) ?? "yes_no",
    openFor: openDurations.find((length) => length === chosen(askFields.openFor)) ?? "4h",
  };
}

function formErrors({ people, conversation, question }: Form): Record<string, string> | null {
  if (question === "") return { [askFields.question]: "Enter a message." };
  if (people.length === 0 && !conversation)
    return { [askFields.people]: "Choose up to five people, or a channel below." };
  if (people.length > 0 && conversation)
    return { [askFields.channel]: "Choose people or a channel, not both." };
  if (people.length > maxRecipients)
    return { [askFields.people]: `At most ${maxRecipients} people can be asked at once.` };
  return null;
}

function references({ people, conversation }: Pick<Form, "people" | "conversation">): RecipientReference[] {
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

/** Opens the Boomerang dialog, with the person whom the alert is about preselected. */
export async function openAskDialog(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const actor = await actorWith(by, toManage, on.alertId);
  if (isRefusal(actor)) return notifyPerson(by, request, actor.why);
  const card = cardOf(on, request);
  const timezone = await timezoneOf(by.deps.db, card);
  const { deps, client, installation } = by;
  const suggested = (alert: VersionedAlert) =>
    suggestPerson({ db: deps.db.kysely, client, installation }, alert);
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    draw: async (alert) =>
      askDialog({
        alert,
        card,
        question: fillQuestion(prefilledQuestion, alert, { timezone, now: by.deps.clock() }),
        suggested:
          (await Promise.race([suggested(alert), sleep(suggestMs, null, { ref: false })]))?.id ?? null,
      }),
  });
}
