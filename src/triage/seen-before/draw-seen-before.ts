import type { DividerBlock, RichTextBlock, RichTextText } from "@slack/types";
import { type Alert, isOpen, statusLabels } from "../../alert/alert.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine } from "../../slack/text/text.ts";
import type { SeenAlert } from "./find-seen-before.ts";

/** Draws earlier alerts with a line each: when, what is the same, how it ended. Empty if there are none. */
export function seenBeforeBlocks(
  seen: readonly SeenAlert[],
  { timezone, now }: { timezone: string; now: Date },
): (RichTextBlock | DividerBlock)[] {
  if (seen.length === 0) return [];
  const lines = seen.map((alert) => text(`${oneLine(seenLine(alert, { timezone, now }), 300)}\n`));
  const head: RichTextText = { ...text("Seen before\n"), style: { bold: true } };
  return [
    {
      type: "rich_text",
      block_id: "seen-before",
      elements: [{ type: "rich_text_section", elements: [head, ...lines] }],
    },
    { type: "divider" },
  ];
}

/** `#1041 · 21 Nov 14:20 CET · same user, host · Resolved by Ada: VPN`. */
function seenLine(alert: SeenAlert, { timezone, now }: { timezone: string; now: Date }): string {
  const kinds = [...new Set(alert.same.map(({ kind }) => kind))].join(", ");
  return [
    `#${alert.number}`,
    clockTime(alert.createdAt, timezone, now),
    `same ${kinds}`,
    endText(alert),
  ].join(" · ");
}

/** How an alert ended, or that it is still open: `Resolved by Ada: VPN`. */
function endText({ status, ended }: { status: Alert["status"]; ended: SeenAlert["ended"] }): string {
  const label = statusLabels[status];
  if (isOpen(status) || !ended) return label;
  return `${label} by ${ended.by.name}${ended.comment ? `: ${ended.comment}` : ""}`;
}

function text(value: string): RichTextText {
  return { type: "text", text: value };
}
