import type { KnownBlock } from "@slack/types";
import type { SlackMessage } from "../message/slack-message.ts";
import { escapeText } from "../text/escape-text.ts";
import { plain } from "../text/plain.ts";
import { usages, verbs } from "./command.ts";

/** What `/tocsin` understands, below a line that says why it is shown. */
export function renderHelp(lead: string): SlackMessage {
  const order = verbs.filter((verb) => verb !== "help");
  const lines = [...order, "help" as const].flatMap((verb) => {
    const { usage, does } = usages[verb];
    return [
      { type: "text" as const, text: `/tocsin ${usage}`, style: { code: true } },
      { type: "text" as const, text: `\n${does}\n` },
    ];
  });
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "lead", text: plain(lead, 1000) },
    {
      type: "rich_text",
      block_id: "usage",
      elements: [{ type: "rich_text_section", elements: lines }],
    },
    { type: "context", block_id: "private", elements: [plain("Only you see this answer.", 100)] },
  ];
  const words = [...order, "help" as const].map((verb) => `/tocsin ${usages[verb].usage}`).join("; ");
  return { text: escapeText(`${plain(lead, 700).text} ${words}`), blocks };
}
