import type { RichTextBlock, RichTextText } from "@slack/types";
import { type Alert, alertTypeLabels, statusLabels } from "../../alert/alert.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { boundary, oneLine } from "../../slack/text/text.ts";

/** Something to read: JSON, or a text as a whole. */
export interface Part {
  /** By which a dialog remembers it. */
  id: string;
  label: string;
  value: unknown;
}

/** What there is to read: the context, the whole texts, which the card cuts, and each sample event. */
export function detailsParts(alert: Alert, events: readonly unknown[]): [Part, ...Part[]] {
  const context = { id: "context", label: "Context", value: alert.context };
  const whole = [section("Description", alert.description), section("Runbook", alert.runbook)].filter(
    Boolean,
  );
  const texts = { id: "texts", label: "Description and runbook", value: whole.join("\n\n") };
  const samples = events.map((event, index) => ({
    id: `event:${index}`,
    label: `Event ${index + 1} of ${events.length}`,
    value: event,
  }));
  return [context, ...(whole.length > 0 ? [texts] : []), ...samples];
}

function section(heading: string, text: string | null): string {
  return text?.trim() ? `${heading}\n${text.trim()}` : "";
}

/** Frameworks are the tool's own words; nobody reads more than this. */
const mostLines = 30;

/** The alert's fields, a line each: only what there is, and each cut to a readable length. */
export function detailsFacts(alert: Alert, at: { timezone: string; now: Date }): RichTextBlock {
  const time = (date: Date) => clockTime(date, at.timezone, at.now);
  const lines = [
    ["Severity", alert.severity],
    ["Status", statusLabels[alert.status]],
    ["Assignee", alert.assignee?.name ?? "nobody"],
    ["Type", alertTypeLabels[alert.type]],
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

/** Slack documents 3,000 characters for a text; one block to copy from may be made of several. */
const longestElement = 3000;

/** Text as it is, in one block that can be copied from. */
export function preformatted(text: string): RichTextBlock {
  const elements: { type: "text"; text: string }[] = [];
  for (let from = 0; from < text.length || elements.length === 0; ) {
    const end = boundary(text, from + longestElement);
    elements.push({ type: "text", text: text.slice(from, end) || "–" });
    from = end;
  }
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] };
}
