import type { KnownBlock } from "@slack/types";
import { type Answer, answerText } from "../../alert/boomerang.ts";
import type { Refusal } from "../../alert/refusal.ts";
import { type Acting, inSlack, slackActor } from "../../interact/acting.ts";
import type { SlackMessage } from "../../slack/message.ts";
import { linkButtons } from "../../slack/text/addresses.ts";
import { escapeText, oneLine, plain } from "../../slack/text/text.ts";
import type { LoadedAnswerer } from "../take-answer.ts";
import { keepUnconfirmed } from "./unconfirmed.ts";
import { confirmingOf, waysOf } from "./ways.ts";

/** What the person who answered is asked to open. */
export interface ToConfirm {
  /** Of the page that confirms the answer. */
  url: string;
  answer: Answer;
}

/** Keeps the answer of a person in Slack until they confirm it; a refusal if they can't. */
export async function askToConfirm(
  by: Acting,
  {
    askId,
    answerer,
    answer,
    asker,
  }: { askId: string; answerer: LoadedAnswerer; answer: Answer; asker: string },
): Promise<Refusal | ToConfirm> {
  const { db, config, clock } = by.deps;
  const { email, name, ...person } = answerer;
  const ways = await waysOf(db.kysely, confirmingOf(config), email);
  if (email === null || !ways) return { refused: "conflict", why: cannot(asker) };
  const doer = inSlack(by, { ...slackActor(by), name });
  const given = { answer, by: person, doer };
  const id = await keepUnconfirmed(db.kysely, { askId, email, given, now: clock() });
  return { url: `${config.publicUrl}/confirm-answer/${id}`, answer };
}

function cannot(asker: string): string {
  return `This answer counts only with a sign-in or a passkey, and you have neither in Tocsin. Nothing was recorded. Please write to ${asker}.`;
}

/** Draws what only the person sees: the answer, and the link that confirms it. */
export function drawToConfirm({ url, answer }: ToConfirm): SlackMessage {
  const text = `Please confirm your answer within 5 minutes; it counts only then. You answered: ${oneLine(answerText(answer), 300)}`;
  return { text: escapeText(text), blocks: toConfirmBlocks({ url, answer }) };
}

export function toConfirmBlocks({ url, answer }: ToConfirm): KnownBlock[] {
  const link = linkButtons("confirm-answer", "Confirm your answer", url).map((button) => ({
    ...button,
    style: "primary" as const,
  }));
  const address = link.length > 0 ? "" : ` Open ${url}`;
  return [
    {
      type: "section",
      block_id: "to-confirm",
      text: plain(
        `You answered: ${answerText(answer)}\nConfirm it within 5 minutes; it counts only then.${address}`,
        2000,
      ),
    },
    ...(link.length > 0 ? [{ type: "actions" as const, block_id: "confirm", elements: link }] : []),
  ];
}
