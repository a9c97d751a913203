import type { ContextBlock, KnownBlock } from "@slack/types";
import { answerWords } from "../../alert/answer-words.ts";
import type { Answer } from "../../alert/boomerang.ts";
import type { RowPlace } from "../../triage/home/alert-row.ts";
import { webLink } from "../text/addresses.ts";
import { clockTime } from "../text/clock-time.ts";
import { oneLine } from "../text/one-line.ts";
import { plain } from "../text/plain.ts";

export interface RowQuestion {
  id: string;
  alert: { number: number; title: string };
  question: string;
  expiresAt: Date;
  recipients: {
    name: string;
    state: "waiting" | "sent" | "unreachable" | "answered" | "over";
    answer: Answer | null;
  }[];
}

/** An open question in a list: what was asked, and below it how it stands at each who was asked, and where to go. */
export function questionRow(asked: RowQuestion, { timezone, now, publicUrl }: RowPlace): KnownBlock[] {
  const { id, alert, question, expiresAt, recipients } = asked;
  const line = [
    `#${alert.number} ${oneLine(alert.title, 100)}`,
    ...recipients.map((one) => `${oneLine(one.name, 60)}: ${stateWords(one)}`),
    `open until ${clockTime(expiresAt, timezone, now)}`,
  ];
  const text = plain(line.join(" · "), 700);
  const link = webLink(`${publicUrl}/alerts/${alert.number}`);
  const elements: ContextBlock["elements"] = link
    ? [text, { type: "mrkdwn", text: link, verbatim: true }]
    : [text];
  return [
    { type: "section", block_id: `asked:${id}`, text: plain(oneLine(question, 200), 300) },
    { type: "context", block_id: `asked-of:${id}`, elements },
  ];
}

function stateWords({ state, answer }: RowQuestion["recipients"][number]): string {
  switch (state) {
    case "answered":
      return answer ? oneLine(answerWords(answer), 100) : "answered";
    case "unreachable":
      return "could not be asked";
    case "waiting":
      return "being asked";
    case "sent":
      return "no answer yet";
    case "over":
      return "did not answer";
    default:
      return state satisfies never;
  }
}
