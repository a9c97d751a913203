import type { SlackMessage } from "../slack/message.ts";
import { linkButtons } from "../slack/text/addresses.ts";
import { escapeText, plain } from "../slack/text/text.ts";

/** Notices for one person: what happened and what to do. `drawNotice` makes quoted text inert. */
export const notices = {
  buttonsWork: "The buttons work. Your click reached Tocsin and was verified as coming from Slack.",
  /** With the code of the fault, because Slack may have refused, or not have answered at all. */
  slackFailed: (code: string) =>
    `Slack didn't do what Tocsin asked (${code}). Nothing was changed; please try again.`,
  pressAgain: "Slack took too long to answer Tocsin. Nothing was changed; press the button again.",
  stillHandled: "The first press is still being handled. Press the button again in a moment.",
  tooSlow: "The dialog could not be opened in time. Nothing was changed; please try again.",
  alertGone: "This alert is no longer in Tocsin. Nothing was changed.",
  detailsGone: "This is no longer in Tocsin. Please open the details again.",
  hasCard: "That alert already has its own card. Nothing was changed.",
  nothingToKeep: "This message has no text to keep. Nothing was changed.",
  onlyInThreads:
    "This is not the thread of an alert's card. Mention me in such a thread to comment on its alert.",
  nothingSaid: "Your message has no text to keep. Write your comment after the mention.",
  numberWanted: "Enter the alert's number as on its card, for example 1042.",
  isTheCard: (number: number) => `This is the card of #${number} itself. Nothing was changed.`,
  kept: (number: number) => `Added as a comment to #${number}.`,
  keptAlready: (number: number) => `This is already a comment on #${number}.`,
  noAlert: (number: number | string) => `There is no alert #${number}.`,
  changedMeanwhile: (number: number, what: string) =>
    `#${number} was changed in the meantime: ${what}. Your change was not made.`,
  notAssignable: (reason: string) =>
    `This person can't be assigned: ${reason}. Choose somebody else, or ask your Tocsin administrator.`,
  denied: (what: "change this alert" | "see alerts", reason: string, remedy: string) =>
    `You can't ${what}. ${reason.charAt(0).toUpperCase()}${reason.slice(1)}; ${remedy}`,
} as const;

/** Draws a notice to one person. Quoted text, such as an email, stays inert. */
export function drawNotice(sentences: string): SlackMessage {
  const text = plain(sentences, 2000);
  return { text: escapeText(plain(sentences, 700).text), blocks: [{ type: "section", text }] };
}

/** Draws what replaces the second copy of a message: no controls, and a link to the copy that is kept up to date. */
export function drawRepeat(what: string, permalink: string | null): SlackMessage {
  const text = `${what} was posted twice. The other one is kept up to date.`;
  const link = linkButtons("view", "Open the other one", permalink ?? "");
  return {
    text,
    blocks: [
      { type: "section", block_id: "repeat", text: plain(text, 200) },
      ...(link.length > 0 ? [{ type: "actions", block_id: "other", elements: link } as const] : []),
    ],
  };
}
