import type { SlackMessage } from "../slack/message.ts";
import { escapeText, plain } from "../slack/text/text.ts";
import { linkButtons } from "../triage/card/controls.ts";

/** What one person is told where only they see it: what is, and what now. Quotes are made inert where it is drawn. */
export const notices = {
  buttonsWork: "The buttons work: Slack reaches Tocsin, and Tocsin knows that it is Slack.",
  slackSilent: "Slack didn't answer Tocsin just now. Nothing was changed; please try again.",
  tooSlow: "The dialog could not be opened in time. Please try again; nothing was changed.",
  alertGone: "This alert is no longer in Tocsin. Nothing was changed.",
  detailsGone: "This is no longer in Tocsin. Open the details anew.",
  hasCard: "That alert has a card of its own already. Nothing was changed.",
  nothingToKeep: "There are no words in this message to keep. Nothing was changed.",
  onlyInThreads:
    "Mention me in the thread below an alert's card, and what you write becomes a comment of that alert.",
  nothingSaid: "Write after the mention what you want to keep with this alert.",
  numberWanted: "Write the alert's number as on its card, for example 1042.",
  isTheCard: (number: number) => `This is the card of #${number} itself. Nothing was changed.`,
  kept: (number: number) => `Kept as a comment of #${number}.`,
  keptAlready: (number: number) => `This is kept already as a comment of #${number}.`,
  noAlert: (number: number | string) => `There is no alert #${number}.`,
  second: (number: number, what: string) => `You were second on #${number}: ${what}. Nothing was changed.`,
  notAssignable: (reason: string) =>
    `They can't be assigned: ${reason}. Nothing was changed; choose somebody else, or ask your Tocsin administrator.`,
  mayNot: (what: "change this alert" | "see alerts", reason: string, remedy: string) =>
    `You can't ${what}. ${reason.charAt(0).toUpperCase()}${reason.slice(1)}; ${remedy}`,
} as const;

/** A few sentences of ours to one person, as a refusal. What it quotes, an e-mail say, stays inert. */
export function drawNotice(sentences: string): SlackMessage {
  const text = plain(sentences, 2000);
  return { text: escapeText(plain(sentences, 700).text), blocks: [{ type: "section", text }] };
}

/** What is left of a message that came twice: it has no controls, and leads to the one that is kept up to date. */
export function drawRepeat(what: string, permalink: string | null): SlackMessage {
  const text = `${what} came twice. The other one is kept up to date.`;
  const link = linkButtons("view", "Open the other one", permalink ?? "");
  return {
    text,
    blocks: [
      { type: "section", block_id: "repeat", text: plain(text, 200) },
      ...(link.length > 0 ? [{ type: "actions", block_id: "other", elements: link } as const] : []),
    ],
  };
}
