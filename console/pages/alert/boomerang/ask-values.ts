import type { AnswerFormat, OpenDuration } from "../../../../src/alert/boomerang.ts";
import type { NewBoomerang } from "../../../../src/boomerang/contract.ts";

/** What stands in the form. */
export interface AskValues {
  whom: "people" | "channel";
  /** E-mails, or ids of people in Slack. */
  to: string[];
  channel: string;
  question: string;
  answers: AnswerFormat;
  openFor: OpenDuration;
}

/** What the form asks for, or what is wrong with it, by field. */
export function readAsked(values: AskValues): NewBoomerang | { wrong: Map<string, string> } {
  const { whom, question, answers, openFor } = values;
  const how = { question: question.trim(), answers, openFor };
  if (how.question === "") return wrong("question", "Say what you want to know.");
  if (whom === "channel") {
    const channel = values.channel.trim();
    return channel ? { ...how, to: [{ channel }] } : wrong("to", "Choose a channel that the bot is in.");
  }
  if (values.to.length === 0) return wrong("to", "Choose up to five people.");
  const odd = values.to.find((one) => !isEmail(one) && !isSlackId(one));
  if (odd) return wrong("to", `“${odd}” is no e-mail. Write it out, as eve@acme.example.`);
  return { ...how, to: values.to.map((one) => (isEmail(one) ? { email: one } : { slackUserId: one })) };
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

function isSlackId(text: string): boolean {
  return /^[UW][A-Z0-9]{7,20}$/.test(text);
}

function wrong(field: string, why: string) {
  return { wrong: new Map([[field, why]]) };
}
