import { severityLabels } from "../alert/alert.ts";
import { answerText } from "../alert/boomerang.ts";
import type { HistoryEvent, SuppressedData, SuppressionEndedData } from "../alert/history-event.ts";
import { clockTime } from "../slack/text/clock-time.ts";
import { countText, listText } from "./wording.ts";

type BoomerangEvent = Extract<HistoryEvent, { kind: `boomerang_${string}` | `suppress${string}` }>;

/** An entry about a Boomerang or a suppression as a sentence. */
export function boomerangSentence(event: BoomerangEvent, who: string): string {
  switch (event.kind) {
    case "boomerang_asked":
      return `${who} asked ${listText(event.data.to)}: “${event.data.question}”`;
    case "boomerang_answered":
      return `${who} answered${confirmed(event.data)}: ${answerText(event.data.answer)}`;
    case "boomerang_reminded":
      return `${listText(event.data.to)} ${event.data.to.length > 1 ? "were" : "was"} reminded of the question`;
    case "boomerang_expired":
      return `No answer from ${listText(event.data.to)} in time`;
    case "boomerang_cancelled":
      return `${who} cancelled the question to ${listText(event.data.to)}`;
    case "boomerang_unreachable":
      return `${event.data.to} could not be asked: ${event.data.why}`;
    case "boomerang_still_open":
      return `The question to ${listText(event.data.to)} stays open; an answer will still be recorded`;
    case "boomerang_waits":
      return `The question to ${event.data.to} waits until ${clockTimeOf(event.data)}, when their quiet hours end`;
    case "boomerang_not_asked":
      return `The automatic Boomerang was not sent: ${event.data.why}`;
    case "boomerang_not_resolved":
      return `The answer did not resolve the alert: ${event.data.why}`;
    case "boomerang_sent_on":
      return `Sent to ${event.data.to.name} too, because nobody said “Yes” to the automatic Boomerang`;
    case "suppression_set":
      return `${who} suppressed repeats for ${event.data.person} for ${countText(event.data.hours, "hour")}`;
    case "suppressed":
      return suppressed(who, event.data);
    case "suppression_ended":
      return suppressionEnded(who, event.data);
    default:
      return event satisfies never;
  }
}

function confirmed({ confirmedBy }: { confirmedBy?: string }): string {
  return confirmedBy === undefined ? "" : `, confirmed by ${confirmedBy}`;
}

function clockTimeOf({ until, timezone }: { until: string; timezone: string }): string {
  const at = new Date(until);
  return clockTime(at, timezone, at);
}

function suppressed(who: string, { title, severity, person, count }: SuppressedData): string {
  const times = count === 1 ? "" : ` ${countText(count, "time")}`;
  return `${who} reported it again for ${person}${times} (suppressed): ${severityLabels[severity]} “${title}”`;
}

function suppressionEnded(who: string, { person, because }: SuppressionEndedData): string {
  return because === "reopened"
    ? `Repeats for ${person} open alerts again because this alert was reopened`
    : `${who} ended the suppression of repeats for ${person}`;
}
