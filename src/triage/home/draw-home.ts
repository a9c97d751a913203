import type { ContextBlock, HeaderBlock, HomeView, KnownBlock } from "@slack/types";
import { type Answer, answerText } from "../../alert/boomerang.ts";
import { webLink } from "../../slack/text/addresses.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { alertRow, type RowAlert, type RowPlace } from "./alert-row.ts";

interface Listed {
  alerts: readonly RowAlert[];
  /** The same list in Tocsin, where it goes on. */
  more: string | null;
}

interface AlertsHome extends RowPlace {
  mine: Listed;
  unassigned: Listed;
  /** What they have asked and still wait for. */
  asked: readonly RowQuestion[];
  /** What came of the last thing that was done here. */
  notice: string | null;
}

/** What stands on the app's home tab for somebody who may see alerts. */
export function drawHome({ mine, unassigned, asked, notice, ...place }: AlertsHome): HomeView {
  return home([
    ...(notice ? [sentence("notice", notice)] : []),
    header("mine", "Assigned to you"),
    ...list("mine", mine, { place, none: "Nothing open is assigned to you." }),
    { type: "divider", block_id: "between-asked" },
    header("asked", "Your open Boomerangs"),
    ...(asked.length > 0
      ? asked.flatMap((question) => questionRow(question, place))
      : [sentence("asked:none", "You wait for nobody's answer.")]),
    { type: "divider", block_id: "between" },
    header("unassigned", "Waiting for somebody"),
    ...list("unassigned", unassigned, { place, none: "Every open alert is somebody's." }),
    footer(place.publicUrl),
  ]);
}

/** The home tab of somebody who may not see alerts: why, and whom to ask. */
export function drawDeniedHome(why: string): HomeView {
  return home([
    header("closed", "Alerts of your company's security team"),
    sentence("why", `Tocsin doesn't show you any. ${why}`),
    sentence("meanwhile", "When the security team asks you something, it comes as a message of this app."),
  ]);
}

function list(
  name: string,
  { alerts, more }: Listed,
  { place, none }: { place: RowPlace; none: string },
): KnownBlock[] {
  if (alerts.length === 0) return [sentence(`${name}:none`, none)];
  const link = more === null ? null : webLink(more);
  const rows = alerts.flatMap((alert) => alertRow(alert, place));
  if (!link) return rows;
  const text = `There are more: ${link}`;
  return [
    ...rows,
    { type: "context", block_id: `${name}:more`, elements: [{ type: "mrkdwn", text, verbatim: true }] },
  ];
}

function footer(publicUrl: string): KnownBlock {
  const words = plain("As it stood when you opened this page. In any channel, /tocsin help says more.", 200);
  const link = webLink(publicUrl);
  const elements = link ? [words, { type: "mrkdwn" as const, text: link, verbatim: true }] : [words];
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
      return answer ? oneLine(answerText(answer), 100) : "answered";
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
