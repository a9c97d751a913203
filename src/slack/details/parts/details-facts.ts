import type { RichTextBlock, RichTextText } from "@slack/types";
import type { Alert } from "../../../alert/alert.ts";
import { alertTypeWords } from "../../../alert/alert-type.ts";
import { statusWords } from "../../../alert/status.ts";
import { clockTime } from "../../text/clock-time.ts";
import { oneLine } from "../../text/one-line.ts";

/** Frameworks are the tool's own words; nobody reads more than this. */
const mostLines = 30;

/** The alert's fields, a line each: only what there is, and each cut to a readable length. */
export function detailsFacts(alert: Alert, at: { timezone: string; now: Date }): RichTextBlock {
  const time = (date: Date) => clockTime(date, at.timezone, at.now);
  const lines = [
    ["Severity", alert.severity],
    ["Status", statusWords[alert.status]],
    ["Assignee", alert.assignee?.name ?? "nobody"],
    ["Type", alertTypeWords[alert.type]],
    ["Detection", alert.detection.name ?? alert.detection.id],
    ["Source", alert.source.name],
    ["Log types", alert.logTypes.join(", ")],
    ["Tags", alert.tags.join(", ")],
    ...Object.entries(alert.reports).map(([framework, ids]) => [framework, ids.join(", ")]),
    [
      "Events",
      `${alert.eventCount}, ${span(time(alert.firstEventOccurredAt), time(alert.lastReceivedEventAt))}`,
    ],
    ["Reference", alert.reference ?? ""],
  ];
  const shown = lines.slice(0, mostLines).filter(([, value]) => value?.trim());
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: shown.flatMap(line) }] };
}

function span(first: string, last: string): string {
  return first === last ? `at ${first}` : `from ${first} to ${last}`;
}

function line([name = "", value = ""]: string[]): RichTextText[] {
  const bold = { type: "text" as const, text: `${oneLine(name, 60)}  `, style: { bold: true } };
  return [bold, { type: "text", text: `${oneLine(value, 300)}\n` }];
}
