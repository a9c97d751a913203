import { createHash } from "node:crypto";
import { decodeEntities } from "../../block-kit/mrkdwn.ts";
import type { Message } from "../../workspace/message.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** The id that the client gave to a message as it sent it: the same whenever the message is handed out. */
const clientId = (message: Message) =>
  hash(`${message.user}/${message.ts}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");

function leaf(part: string): Record<string, unknown> {
  const [, sign = "", target = "", , label] = part.match(/^<([@#!]?)([^|>]*)(\|([^>]*))?>$/) ?? [];
  if (target === "") return { type: "text", text: decodeEntities(part) };
  switch (sign) {
    case "@":
      return { type: "user", user_id: target };
    case "#":
      return { type: "channel", channel_id: target };
    case "!":
      return { type: "broadcast", range: target };
    default:
      return { type: "link", url: decodeEntities(target), ...(label && { text: decodeEntities(label) }) };
  }
}

/** What Slack's client makes of what a person types: an id of its own, and the text as `rich_text`. */
export const typed = (message: Message) => ({
  client_msg_id: clientId(message),
  blocks: [
    {
      type: "rich_text",
      block_id: hash(message.ts).slice(0, 5),
      elements: [
        {
          type: "rich_text_section",
          elements: message.text
            .split(/(<[^<>]+>)/)
            .filter(Boolean)
            .map(leaf),
        },
      ],
    },
  ],
});
