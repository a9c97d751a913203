import type { RichTextBlock, RichTextText } from "@slack/types";
import { type Alert, alertTypeLabels, detectionLabel, statusLabels } from "../../alert/alert.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { boundary, oneLine } from "../../slack/text/text.ts";

/** A part of the details: JSON, or a text. */
export interface Part {
  /** Kept in the dialog's metadata. */
  id: string;
  label: string;
  value: unknown;
}

/** The parts of an alert's details: the context, the full texts that the card cuts, and each sample event. */
export function detailsParts(alert: Alert, events: readonly unknown[]): [Part, ...Part[]] {
  const context = { id: "context", label: "Context", value: alert.context };
  const fullTexts = [section("Description", alert.description), section("Runbook", alert.runbook)].filter(
    Boolean,
  );
  const texts = { id: "texts", label: "Description and runbook", value: fullTexts.join("\n\n") };
  const samples = events.map((event, index) => ({
    id: `event:${index}`,
    label: `Event ${index + 1} of ${events.length}`,
    value: event,
  }));
  return [context, ...(fullTexts.length > 0 ? [texts] : []), ...samples];
}

function section(heading: string, text: string | null): string {
  return text?.trim() ? `${heading}\n${text.trim()}` : "";
}

/** `reports` can hold any number of frameworks. */
const maxLines = 30;

/** The alert's fields with a line each, cut to a readable length; empty ones are left out. */
export function detailsFacts(alert: Alert, at: { timezone: string; now: Date }): RichTextBlock {
  const time = (date: Date) => clockTime(date, at.timezone, at.now);
  const lines = [
    ["Severity", alert.severity],
    ["Status", statusLabels[alert.status]],
    ["Assignee", alert.assignee?.name ?? "unassigned"],
    ["Type", alertTypeLabels[alert.type]],
    ["Detection", detectionLabel(alert)],
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
  const shown = lines.slice(0, maxLines).filter(([, value]) => value?.trim());
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: shown.flatMap(line) }] };
}

function span(first: string, last: string): string {
  return first === last ? `at ${first}` : `from ${first} to ${last}`;
}

function line([name = "", value = ""]: string[]): RichTextText[] {
  const bold = { type: "text" as const, text: `${oneLine(name, 60)}  `, style: { bold: true } };
  return [bold, { type: "text", text: `${oneLine(value, 300)}\n` }];
}

/** Slack documents 3,000 characters for a text element; a block may have several. */
const maxElementLength = 3000;

/** One preformatted block with the whole text, to copy from. */
export function preformatted(text: string): RichTextBlock {
  const elements: { type: "text"; text: string }[] = [];
  for (let from = 0; from < text.length || elements.length === 0; ) {
    const end = boundary(text, from + maxElementLength);
    elements.push({ type: "text", text: text.slice(from, end) || "–" });
    from = end;
  }
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] };
}
