import type { RichTextElement } from "@slack/types";
import type { Mention } from "../../../alert/destination.ts";
import type { SlackMessage } from "../../../slack/message.ts";
import { cut, escapeText, oneLine } from "../../../slack/text/text.ts";
import { mentionToken } from "../../../triage/card/card-text.ts";

const maxSentenceLength = 1200;
const maxSentences = 20;
/** Escaping can turn one character into five, and Slack recommends at most 4,000. */
const maxTextLength = 700;

interface ReplyContent {
  /** The alert's number, since a notification shows the reply without its card. */
  number: number;
  sentences: readonly string[];
}

interface PersonMention {
  slackUserId: string;
  /** As the sentences say it. At the end of a sentence the mention takes its place. */
  name: string;
}

/** A person, or whom the destination mentions. */
export type ReplyMention = PersonMention | Mention;

/** Draws one reply with a line for each sentence. The sentences are inert; only `mention` notifies somebody. */
export function drawReply(
  { number, sentences }: ReplyContent,
  mention: ReplyMention | null = null,
): SlackMessage {
  const left = sentences.length - maxSentences;
  const rest = left > 0 ? [`${left} more changes are in the history in Tocsin`] : [];
  const lines = [
    ...sentences.slice(0, maxSentences).map((text) => oneLine(text, maxSentenceLength)),
    ...rest,
  ];
  const [before, after] = aroundMention(lines.filter(Boolean), mention);
  const elements: RichTextElement[] = [{ type: "text", text: before || "–" }];
  if (mention) elements.push(mentionElement(mention));
  if (after) elements.push({ type: "text", text: after });
  const fallback = escapeText(cut(`#${number}: ${before || "–"}`, maxTextLength));
  const user = mention ? tokenOf(mention) : "";
  return {
    text: fallback + user + escapeText(cut(after, 60)),
    blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }],
  };
}

function mentionElement(mention: ReplyMention): RichTextElement {
  if ("slackUserId" in mention) return { type: "user", user_id: mention.slackUserId };
  if (mention.kind === "here") return { type: "broadcast", range: "here" };
  return { type: "usergroup", usergroup_id: mention.id };
}

function tokenOf(mention: ReplyMention): string {
  return "slackUserId" in mention ? `<@${mention.slackUserId}>` : mentionToken(mention);
}

/** The text before and after the mention: in place of the name that ends a line, else at the end of all lines. */
function aroundMention(
  lines: readonly string[],
  mention: ReplyMention | null,
): [before: string, after: string] {
  const whole = lines.join("\n");
  if (!mention) return [whole, ""];
  if (!("slackUserId" in mention)) return [`${whole} `, ""];
  const ending = ` ${oneLine(mention.name, maxSentenceLength)}`;
  const at = lines.findLastIndex((line) => line.endsWith(ending));
  if (at < 0) return [`${whole} `, ""];
  const before = lines.slice(0, at + 1).join("\n");
  const after = lines.slice(at + 1).map((line) => `\n${line}`);
  return [before.slice(0, before.length - ending.length + 1), after.join("")];
}
