import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from "@slack/types";
import type { Alert } from "../alert/alert.ts";
import {
  type AnswerFormat,
  answerFormats,
  maxQuestionLength,
  maxRecipients,
  type OpenDuration,
  openDurations,
} from "../alert/boomerang.ts";
import { alertLine, formModal } from "../interact/dialog-blocks.ts";
import type { CardRef } from "../interact/memory.ts";
import { plain } from "../slack/text/text.ts";

const answerWayWords: Record<AnswerFormat, string> = {
  yes_no: "Yes or No",
  yes_no_reason: "Yes or No, with a reason",
  text: "In their own words",
};
const openForWords: Record<OpenDuration, string> = {
  "1h": "1 hour",
  "4h": "4 hours",
  "24h": "24 hours",
  "3d": "3 days",
};

interface AskView {
  alert: Alert;
  card: CardRef;
  /** What the message is prefilled with. */
  question: string;
  /** Whose e-mail stands in the alert: offered, never asked without a click. */
  suggested: string | null;
}

/** Asks an analyst whom to ask what. Its answer is a preview, and only that one's is sent. */
export function askDialog({ alert, card, question, suggested }: AskView): ModalView {
  const blocks: KnownBlock[] = [
    alertLine(alert),
    people(suggested),
    channel(),
    {
      type: "input",
      block_id: askFields.question,
      label: plain("Message", 100),
      hint: plain(
        "They see this, who asks and until when, and nothing else of the alert. Fields of the alert: {title} {number} {severity} {detection} {time}",
        500,
      ),
      element: {
        type: "plain_text_input",
        action_id: "text",
        multiline: true,
        max_length: maxQuestionLength,
        initial_value: question,
      },
    },
    choice(
      askFields.answers,
      "How may they answer?",
      answerFormats.map((way) => option(way, answerWayWords[way])),
    ),
    choice(
      askFields.openFor,
      "How long does it stay open?",
      openDurations.map((length) => option(length, openForWords[length])),
      1,
    ),
  ];
  return formModal("Boomerang", "Preview", { memory: { ...card, dialog: "ask" }, blocks });
}

function people(suggested: string | null): InputBlock {
  return {
    type: "input",
    block_id: askFields.people,
    optional: true,
    label: plain("People", 100),
    element: {
      type: "multi_users_select",
      action_id: "people",
      max_selected_items: maxRecipients,
      placeholder: plain("Up to five people", 150),
      ...(suggested && { initial_users: [suggested] }),
    },
  };
}

function channel(): InputBlock {
  return {
    type: "input",
    block_id: askFields.channel,
    optional: true,
    label: plain("Or a channel, for which any of its members answers", 150),
    element: {
      type: "conversations_select",
      action_id: "channel",
      placeholder: plain("A channel that the bot is in", 150),
      filter: { include: ["public", "private"] },
    },
  };
}

function choice(blockId: string, label: string, options: PlainTextOption[], first = 0): InputBlock {
  const [fallback] = options;
  const initial = options[first] ?? fallback;
  return {
    type: "input",
    block_id: blockId,
    label: plain(label, 100),
    element: {
      type: "static_select",
      action_id: "choice",
      options,
      ...(initial && { initial_option: initial }),
    },
  };
}

function option(value: string, label: string): PlainTextOption {
  return { text: plain(label, 75), value };
}

/** The block ids of the dialog that asks whom to ask what. */
export const askFields = {
  people: "people",
  channel: "channel",
  question: "question",
  answers: "answers",
  openFor: "open-for",
} as const;
