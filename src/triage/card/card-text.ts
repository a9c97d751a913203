import type { SectionBlock } from "@slack/types";
import { type Alert, alertTypeLabels, detectionLabel, isOpen, statusLabels } from "../../alert/alert.ts";
import type { Mention } from "../../alert/destination.ts";
import { dispositionText } from "../../alert/disposition.ts";
import { webLink } from "../../slack/text/addresses.ts";
import { title } from "../../slack/text/alert-text.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { escapeText, oneLine, plain } from "../../slack/text/text.ts";
import type { CardView } from "./card-view.ts";

const maxLogTypes = 3;

/** The facts that the alert has: `#1042 · Rule · Okta.ImpossibleTravel · Okta.SystemLog · 14:02 CET · 3 events`. */
export function factsLine({ alert, place, now }: CardView): string {
  const detection = oneLine(detectionLabel(alert), 120);
  const parts = [
    `#${alert.number}`,
    alertTypeLabels[alert.type],
    detection === title(alert, 120) ? "" : detection,
    logTypes(alert.logTypes),
    clockTime(alert.createdAt, place.timezone, now),
    alert.eventCount > 1 ? `${alert.eventCount} events` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

function logTypes(names: string[]): string {
  const shown = names.slice(0, maxLogTypes).map((name) => oneLine(name, 80));
  const more = names.length - shown.length;
  return [...shown.filter(Boolean), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

/** The card in one escaped line: `HIGH: Impossible travel for eve@acme.example (#1042, open)`. */
export function fallbackText(alert: Alert, note?: string): string {
  const line = summaryLine(alert);
  return escapeText(note ? `${line} · ${oneLine(note, 200)}` : line);
}

function summaryLine(alert: Alert): string {
  const { severity, number, status, statusSet } = alert;
  const name = title(alert, 300);
  if (isInformational(alert)) return `${severity}: ${name} (#${number}, informational)`;
  if (isOpen(status)) return `${severity}: ${name} (#${number}, ${statusLabels[status].toLowerCase()})`;
  const by = statusSet ? `, by ${oneLine(statusSet.by.name, 80)}` : "";
  return `${statusLabels[status]}: ${name} (${severity}, #${number}${by})`;
}

/** True for an untouched INFO alert, which starts as Resolved and still gets its full card. */
export function isInformational(alert: Alert): boolean {
  const bySystem = alert.statusSet === null || alert.statusSet.by.type === "system";
  return alert.severity === "INFO" && alert.status === "RESOLVED" && bySystem;
}

const groupId = /^S[A-Z0-9]{2,30}$/;

/** The mention in mrkdwn: the only text of a card that notifies people, and nothing in it is from outside. */
export function mentionToken(mention: Mention): string {
  switch (mention.kind) {
    case "here":
      return "<!here>";
    case "group":
      return groupId.test(mention.id) ? `<!subteam^${mention.id}>` : "";
    default:
      return mention satisfies never;
  }
}

const maxLength = 300;

/** A runbook or reference: a link if the whole text is a URL, otherwise its beginning as inert text. */
export function pointerBlock(label: "Runbook" | "Reference", text: string): SectionBlock {
  const link = webLink(text);
  const block_id = label.toLowerCase();
  if (!link) {
    // A text of several lines begins below the label.
    const gap = text.trim().includes("\n") ? "\n" : " ";
    return { type: "section", block_id, text: plain(`${label}:${gap}${text.trim()}`, maxLength) };
  }
  return { type: "section", block_id, text: { type: "mrkdwn", text: `*${label}:* ${link}`, verbatim: true } };
}

/** The state of an open alert: `Open · unassigned`, `Triaged by Ada 14:05 CET · assigned to Grace`. */
export function openStateLine({ alert, place, now }: CardView): string {
  const { status, statusSet, assignee } = alert;
  const by = statusSet
    ? ` by ${oneLine(statusSet.by.name, 80)} ${clockTime(statusSet.at, place.timezone, now)}`
    : "";
  const state = isInformational(alert) ? "Informational, no action needed" : `${statusLabels[status]}${by}`;
  if (assignee) return `${state} · assigned to ${oneLine(assignee.name, 80)}`;
  return isInformational(alert) ? state : `${state} · unassigned`;
}

/** The state of a closed alert: `HIGH · #1042 · resolved by Ada 14:31 CET · False positive · VPN, says Eve`. */
export function closedStateLine(view: CardView): string {
  return [view.alert.reportedAgain ? "Reported again" : "", closedLine(view)].filter(Boolean).join(" · ");
}

function closedLine({ alert, place, now }: CardView): string {
  const { severity, number, status, statusSet } = alert;
  const verb = status === "CLOSED" ? "marked as invalid" : statusLabels[status].toLowerCase();
  const who = statusSet
    ? ` by ${oneLine(statusSet.by.name, 80)} ${clockTime(statusSet.at, place.timezone, now)}`
    : "";
  const why = dispositionText(alert);
  const head = [severity, `#${number}`, `${verb}${who}`, why].filter(Boolean).join(" · ");
  const comment = oneLine(statusSet?.comment ?? "", 150);
  return comment ? `${head}${why ? " · " : ": "}${comment}` : head;
}
