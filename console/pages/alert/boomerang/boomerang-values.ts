import type { AnswerFormat, OpenDuration } from "../../../../src/alert/boomerang.ts";
import type { NewBoomerang } from "../../../../src/boomerang/contract.ts";

/** The values of the Boomerang form. */
export interface BoomerangValues {
  recipientType: "people" | "channel";
  /** Email addresses or Slack user IDs. */
  to: string[];
  channel: string;
  question: string;
  answers: AnswerFormat;
  openFor: OpenDuration;
  secondFactor: boolean;
}

/** The Boomerang to send, or the errors by field. */
export function parseBoomerang(values: BoomerangValues): NewBoomerang | { errors: Map<string, string> } {
  const { recipientType, question, answers, openFor, secondFactor } = values;
  const rest = { question: question.trim(), answers, openFor, secondFactor };
  if (rest.question === "") return invalid("question", "Enter a message.");
  if (recipientType === "channel") {
    const channel = values.channel.trim();
    return channel ? { ...rest, to: [{ channel }] } : invalid("to", "Choose a channel that the bot is in.");
  }
  if (values.to.length === 0) return invalid("to", "Choose one to five people.");
  const unknown = values.to.find((person) => !isEmail(person) && !isSlackId(person));
  if (unknown) {
    return invalid(
      "to",
      `“${unknown}” is not an email address. Enter a full address, such as eve@acme.example.`,
    );
  }
  const to = values.to.map((person) => (isEmail(person) ? { email: person } : { slackUserId: person }));
  return { ...rest, to };
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

function isSlackId(text: string): boolean {
  return /^[UW][A-Z0-9]{7,20}$/.test(text);
}

function invalid(field: string, error: string) {
  return { errors: new Map([[field, error]]) };
}
