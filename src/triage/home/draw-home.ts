import type { ContextBlock, HeaderBlock, HomeView, KnownBlock } from "@slack/types";
import { type Answer, answerText } from "../../alert/boomerang.ts";
import { webLink } from "../../slack/text/addresses.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { alertRow, type RowAlert, type RowContext } from "./alert-row.ts";

interface AlertList {
  alerts: readonly RowAlert[];
  /** The URL of the full list in the Console; null if nothing is left out. */
  more: string | null;
}

interface AlertsHome extends RowContext {
  mine: AlertList;
  unassigned: AlertList;
  /** The person's own open questions. */
  questions: readonly RowQuestion[];
  /** The result of the last click on this tab. */
  notice: string | null;
}

/** Draws the App Home for a person who may see alerts. */
export function drawHome({ mine, unassigned, questions, notice, ...context }: AlertsHome): HomeView {
  return home([
    ...(notice ? [sentence("notice", notice)] : []),
    header("mine", "Assigned to you"),
    ...list("mine", mine, { context, none: "No open alerts are assigned to you." }),
    { type: "divider", block_id: "between-asked" },
    header("asked", "Your open Boomerangs"),
    ...(questions.length > 0
      ? questions.flatMap((question) => questionRow(question, context))
      : [sentence("asked:none", "No open Boomerangs.")]),
    { type: "divider", block_id: "between" },
    header("unassigned", "Unassigned"),
    ...list("unassigned", unassigned, { context, none: "No open alerts are unassigned." }),
    footer(context.publicUrl),
  ]);
}

/** Draws the App Home for a person who may not see alerts. `why` says what is missing and whom to ask. */
export function drawDeniedHome(why: string): HomeView {
  return home([
    header("closed", "Security alerts"),
    sentence("why", `You can't see alerts. ${why}`),
    sentence(
      "meanwhile",
      "If the security team has a question for you, you get it as a message from this app.",
    ),
  ]);
}

function list(
  name: string,
  { alerts, more }: AlertList,
  { context, none }: { context: RowContext; none: string },
): KnownBlock[] {
  if (alerts.length === 0) return [sentence(`${name}:none`, none)];
  const link = more === null ? null : webLink(more, "More in Tocsin");
  const rows = alerts.flatMap((alert) => alertRow(alert, context));
  if (!link) return rows;
  return [
    ...rows,
    { type: "context", block_id: `${name}:more`, elements: [{ type: "mrkdwn", text: link, verbatim: true }] },
  ];
}

function footer(publicUrl: string): KnownBlock {
  const text = plain("Updated when you open this tab. For commands, type /tocsin help in any channel.", 200);
  const link = webLink(publicUrl, "Open Tocsin");
  const elements = link ? [text, { type: "mrkdwn" as const, text: link, verbatim: true }] : [text];
  return { type: "context", block_id: "footer", elements };
}

function header(blockId: string, text: string): HeaderBlock {
  return { type: "header", block_id: blockId, text: plain(text, 150) };
}

function sentence(blockId: string, text: string): KnownBlock {
  return { type: "section", block_id: blockId, text: plain(text, 1000) };
}

function home(blocks: KnownBlock[]): HomeView {
  return { type: "home", callback_id: "home", blocks };
}

interface RowQuestion {
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

/** Draws an open question in a list: its text, and below it the state of each recipient and a link. */
export function questionRow(open: RowQuestion, { timezone, now, publicUrl }: RowContext): KnownBlock[] {
  const { id, alert, question, expiresAt, recipients } = open;
  const line = [
    `#${alert.number} ${oneLine(alert.title, 100)}`,
    ...recipients.map((one) => `${oneLine(one.name, 60)}: ${recipientState(one)}`),
    `open until ${clockTime(expiresAt, timezone, now)}`,
  ];
  const text = plain(line.join(" · "), 700);
  const link = webLink(`${publicUrl}/alerts/${alert.number}`, "Open in Tocsin");
  const elements: ContextBlock["elements"] = link
    ? [text, { type: "mrkdwn", text: link, verbatim: true }]
    : [text];
  return [
    { type: "section", block_id: `asked:${id}`, text: plain(oneLine(question, 200), 300) },
    { type: "context", block_id: `asked-of:${id}`, elements },
  ];
}

function recipientState({ state, answer }: RowQuestion["recipients"][number]): string {
  switch (state) {
    case "answered":
      return answer ? oneLine(answerText(answer), 100) : "answered";
    case "unreachable":
      return "can't be reached";
    case "waiting":
      return "being sent";
    case "sent":
      return "no answer yet";
    case "over":
      return "did not answer";
    default:
      return state satisfies never;
  }
}
