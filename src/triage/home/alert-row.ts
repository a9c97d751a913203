import type { ContextBlock, KnownBlock, SectionBlock } from "@slack/types";
import { type Alert, detectionLabel, statusLabels } from "../../alert/alert.ts";
import { writeControlsId } from "../../interact/card-ref.ts";
import { webLink } from "../../slack/text/addresses.ts";
import { severityDot, title } from "../../slack/text/alert-text.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, plain } from "../../slack/text/text.ts";
import { assignMe } from "../card/assign-controls.ts";
import { showDetails } from "../details/on-details.ts";

/** The fields of an alert that a row of a list shows. */
export type RowAlert = Pick<
  Alert,
  | "id"
  | "number"
  | "version"
  | "title"
  | "severity"
  | "status"
  | "detection"
  | "assignee"
  | "createdAt"
  | "eventCount"
>;

export interface RowContext {
  timezone: string;
  now: Date;
  /** The base URL of alerts' pages. */
  publicUrl: string;
}

/** Draws an alert in a list: its title with one button, and below it its state and a link. */
export function alertRow(alert: RowAlert, context: RowContext): KnownBlock[] {
  const entry = alert.assignee || isClosed(alert) ? showDetails : assignMe;
  return [heading(alert, entry), facts(alert, context)];
}

function heading(alert: RowAlert, entry: typeof showDetails): SectionBlock {
  const line = `${severityDot[alert.severity]} ${alert.severity}  ${title(alert, 150)}`;
  return {
    type: "section",
    block_id: writeControlsId({ alertId: alert.id, version: alert.version }, 0),
    text: plain(line, 300),
    accessory: entry.draw({ accessibility_label: `${entry.label}: #${alert.number}` }),
  };
}

function facts(alert: RowAlert, { publicUrl, ...at }: RowContext): ContextBlock {
  const detection = oneLine(detectionLabel(alert), 100);
  const assigned = alert.assignee ? `assigned to ${oneLine(alert.assignee.name, 80)}` : "unassigned";
  const line = [
    `#${alert.number}`,
    statusLabels[alert.status],
    assigned,
    detection === title(alert, 100) ? "" : detection,
    clockTime(alert.createdAt, at.timezone, at.now),
    alert.eventCount > 1 ? `${alert.eventCount} events` : "",
  ];
  const text = plain(line.filter(Boolean).join(" · "), 500);
  const link = webLink(`${publicUrl}/alerts/${alert.number}`, "Open in Tocsin");
  const elements: ContextBlock["elements"] = link
    ? [text, { type: "mrkdwn", text: link, verbatim: true }]
    : [text];
  return { type: "context", block_id: `facts:${alert.id}`, elements };
}

function isClosed({ status }: RowAlert): boolean {
  return status === "RESOLVED" || status === "CLOSED";
}
