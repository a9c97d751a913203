import { escapeText } from "../text/escape-text.ts";
import { plain } from "../text/plain.ts";
import type { SlackMessage } from "./slack-message.ts";

/** A few sentences of ours to one person, as a refusal. What it quotes, an e-mail say, stays inert. */
export function renderNotice(sentences: string): SlackMessage {
  const text = plain(sentences, 2000);
  return { text: escapeText(plain(sentences, 700).text), blocks: [{ type: "section", text }] };
}
