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
import { ask, askingPlace } from "./ask.ts";
import { askDialog, askFields } from "./ask-dialog.ts";
import { fillQuestion, prefilledQuestion } from "./fill-question.ts";
import { previewDialog } from "./preview.ts";
import { type Reached, type Recipient, type RecipientName, reach, unreachedSentence } from "./recipients.ts";
import { suggest } from "./suggest.ts";

type Asking = Extract<Memory, { dialog: "ask" }>;
type Previewed = Extract<Memory, { dialog: "ask-preview" }>;

/** The first dialog was filled in: names who can't be reached, or shows what the others will see. */
export async function previewAsk(
  by: Acting,
  request: ViewSubmission,
  memory: Asking,
): Promise<SubmissionAnswer> {
  const { deps } = by;
  const alert = await findAlert(deps.db.kysely, memory.alertId);
  if (!alert) return say("This alert is no longer in Tocsin. Nobody was asked.");
  const form = read(request);
  const errors = wrong(form);
  if (errors) return { response_action: "errors", errors };
  const { people, conversation, answers, openFor } = form;
  const reached = await reach(by.client, by.installation, names(form));
  const unreachable = whyNot(reached);
  if (unreachable) {
    const field = conversation ? askFields.channel : askFields.people;
    return { response_action: "errors", errors: { [field]: unreachable } };
  }
  const timezone = await timezoneOf(deps.db, memory);
  const now = deps.clock();
  const question = fillQuestion(form.question, alert, { timezone, now });
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return say(actor.why);
  const to = recipients(reached);
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

/** The preview was submitted: asks. */
export async function sendAsk(by: Acting, memory: Previewed): Promise<SubmissionAnswer> {
  const { deps } = by;
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return say(actor.why);
  const place = await askingPlace(deps.db.kysely, { alertId: memory.alertId, card: memory });
  const to = recipients(await reach(by.client, by.installation, names(memory)));
  if (!place || to.length === 0) return say("They can't be reached any more. Nobody was asked.");
  const { alertId, question, answers, openFor } = memory;
  await transaction(deps.db, (tx) =>
    ask(tx, {
      ...place,
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

function read({ values }: ViewSubmission): Form {
  const chosen = (field: string) => values[field]?.choice;
  return {
    people: values[askFields.people]?.people?.split(" ").filter(Boolean) ?? [],
    conversation: values[askFields.channel]?.channel ?? null,
    question: values[askFields.question]?.text?.trim() ?? "",
    answers: answerFormats.find((way) => way === chosen(askFields.answers)) ?? "yes_no",
    openFor: openDurations.find((length) => length === chosen(askFields.openFor)) ?? "4h",
  };
}

function wrong({ people, conversation, question }: Form): Record<string, string> | null {
  if (question === "") return { [askFields.question]: "Say what you want to know." };
  if (people.length === 0 && !conversation)
    return { [askFields.people]: "Choose up to five people, or a channel below." };
  if (people.length > 0 && conversation)
    return { [askFields.channel]: "Choose people or a channel, not both." };
  if (people.length > maxRecipients)
    return { [askFields.people]: `At most ${maxRecipients} people can be asked at once.` };
  return null;
}

function names({ people, conversation }: Pick<Form, "people" | "conversation">): RecipientName[] {
  return conversation ? [{ channel: conversation }] : people.map((slackUserId) => ({ slackUserId }));
}

function recipients(reached: readonly Reached[]): Recipient[] {
  return reached.flatMap((one) => (one.reached ? [one.recipient] : []));
}

function whyNot(reached: readonly Reached[]): string | null {
  const missing = reached.flatMap((one) => (one.reached ? [] : [unreachedSentence(one)]));
  return missing.join(" ") || null;
}

function say(sentences: string): SubmissionAnswer {
  return { response_action: "update", view: infoDialog("Nobody was asked", sentences) };
}

/** Of the three seconds that a trigger lasts. */
const lookUpMs = 1200;

/** Opens the dialog that asks whom to ask what, with whoever the alert is about suggested. */
export async function openAsk(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const actor = await actorWith(by, toManage);
  if (isRefusal(actor)) return notifyPerson(by, request, actor.why);
  const card = cardOf(on, request);
  const timezone = await timezoneOf(by.deps.db, card);
  const { deps, client, installation } = by;
  const suggested = (alert: VersionedAlert) => suggest({ db: deps.db.kysely, client, installation }, alert);
  await openAlertDialog(by, request, {
    alertId: on.alertId,
    draw: async (alert) =>
      askDialog({
        alert,
        card,
        question: fillQuestion(prefilledQuestion, alert, { timezone, now: by.deps.clock() }),
        suggested:
          (await Promise.race([suggested(alert), sleep(lookUpMs, null, { ref: false })]))?.id ?? null,
      }),
  });
}
