import type { InputBlock, KnownBlock } from "@slack/types";
import type { Alert } from "../alert/alert.ts";
import {
  type AnswerFormat,
  answerFormats,
  maxQuestionLength,
  maxRecipients,
  type OpenDuration,
  openDurations,
} from "../alert/boomerang.ts";
import type { Form } from "../interact/dialog.ts";
import { alertLine, choice, option } from "../interact/dialog-blocks.ts";
import { plain } from "../slack/text/text.ts";

const answerWayLabels: Record<AnswerFormat, string> = {
  yes_no: "Yes or No",
  yes_no_reason: "Yes or No, with a reason",
  text: "In their own words",
};
const openForLabels: Record<OpenDuration, string> = {
  "1h": "1 hour",
  "4h": "4 hours",
  "24h": "24 hours",
  "3d": "3 days",
};

const confirmLabel = "An answer counts once it is confirmed";

interface AskView {
  alert: Alert;
  /** The prefilled message. */
  question: string;
  /** Slack id of the person to preselect. */
  suggested: string | null;
  /** Whether answers can be confirmed here. */
  offersSecondFactor: boolean;
}

/** Draws the first dialog of a Boomerang: recipients, message, answer type, duration. */
export function askForm({ alert, question, suggested, offersSecondFactor }: AskView): Form {
  const blocks: KnownBlock[] = [
    alertLine(alert),
    people(suggested),
    channel(),
    {
      type: "input",
      block_id: askFields.question,
      label: plain("Message", 100),
      hint: plain(
        "Recipients see this message, your name and the deadline, and nothing else of the alert. Fields you can use: {title} {number} {severity} {detection} {time}",
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
      "How can they answer?",
      answerFormats.map((way) => option(way, answerWayLabels[way])),
    ),
    choice(
      askFields.openFor,
      "How long does it stay open?",
      openDurations.map((length) => option(length, openForLabels[length])),
      1,
    ),
    ...(offersSecondFactor
      ? [
          choice(askFields.secondFactor, "Second factor", [
            option("no", "Not needed"),
            option("yes", confirmLabel),
          ]),
        ]
      : []),
  ];
  return { title: "Boomerang", submit: "Preview", blocks };
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
    label: plain("Or ask a channel (any member can answer)", 150),
    element: {
      type: "conversations_select",
      action_id: "channel",
      placeholder: plain("A channel that the bot is in", 150),
      filter: { include: ["public", "private"] },
    },
  };
}

/** Block ids of the inputs of `askForm`. */
export const askFields = {
  people: "people",
  channel: "channel",
  question: "question",
  answers: "answers",
  openFor: "open-for",
  secondFactor: "second-factor",
} as const;
