import { type Actor, type Severity, severityLabels, statusLabels } from "../alert/alert.ts";
import type {
  CommentData,
  EscalatedData,
  HistoryEvent,
  JoinedAfterCloseData,
  OpenedData,
  RouteData,
  RouteReason,
  SilenceLiftedData,
  StatusChangedData,
} from "../alert/history-event.ts";
import { boomerangSentence } from "./boomerang-sentence.ts";
import { asDisposition, dispositionChanged, inBrackets, tagsChanged } from "./disposition-sentence.ts";
import { countText } from "./wording.ts";

/** A history entry as a sentence in the past tense, actor first, for threads, the Console and the API. */
export function sentence(event: HistoryEvent, actor: Actor): string {
  return isOfSilence(event) ? silenceSentence(event, actor.name) : otherSentence(event, actor);
}

type SilenceEvent = Extract<HistoryEvent, { kind: `silence_${string}` }>;

function isOfSilence(event: HistoryEvent): event is SilenceEvent {
  return event.kind.startsWith("silence_");
}

function silenceSentence(event: SilenceEvent, who: string): string {
  switch (event.kind) {
    case "silence_created":
      return `${who} snoozed alerts like this for ${durationText(event.data.minutes)} (${event.data.covers}): ${event.data.reason}`;
    case "silence_passed":
      return `Still silenced, now by a silence of ${event.data.by}: ${event.data.reason}`;
    case "silence_lifted":
      return silenceLifted(who, event.data);
    default:
      return event satisfies never;
  }
}

function otherSentence(event: Exclude<HistoryEvent, SilenceEvent>, actor: Actor): string {
  const who = actor.name;
  switch (event.kind) {
    case "opened":
      return `Reported by ${who} (${severityText(event.data.severity, event.data)}). ${routed(event.data.route)}.`;
    case "informational":
      return "Informational, no action needed";
    case "routed":
      return routed(event.data);
    case "severity_raised":
      return `${who} raised the severity from ${severityLabels[event.data.from]} to ${severityText(event.data.to, event.data)}`;
    case "joined_after_close":
      return joinedAfterClose(who, event.data);
    case "source_says_over":
      return `${who} says it is over`;
    case "started_again":
      return `${who} says it started again`;
    case "status_changed":
      return statusChanged(who, event.data);
    case "disposition_changed":
      return dispositionChanged(who, event.data);
    case "tags_changed":
      return `${who} ${tagsChanged(event.data.added, event.data.removed)}`;
    case "assigned":
      return assigned(event.data.to, actor);
    case "unassigned":
      return unassigned(event.data.from, actor);
    case "commented":
      return commented(who, event.data);
    case "comment_edited":
      return commentEdited(who, event.data);
    case "comment_deleted":
      return `${who} deleted a comment`;
    case "announced":
      return `${postedTo(event.data.place)} (${event.data.destination.name})`;
    case "digested":
      return `Added to a digest in ${event.data.place} (${event.data.destination.name})`;
    case "not_delivered":
      return `Not delivered to ${event.data.destination.name}: ${event.data.why}`;
    case "reminded":
      return `Reminder: still open and unassigned after ${durationText(event.data.minutes)}`;
    case "escalated":
      return escalated(event.data);
    case "boomerang_asked":
    case "boomerang_answered":
    case "boomerang_reminded":
    case "boomerang_expired":
    case "boomerang_cancelled":
    case "boomerang_unreachable":
    case "boomerang_still_open":
    case "boomerang_waits":
    case "boomerang_not_asked":
    case "boomerang_not_resolved":
    case "boomerang_sent_on":
    case "suppression_set":
    case "suppressed":
    case "suppression_ended":
      return boomerangSentence(event, who);
    default:
      return event satisfies never;
  }
}

function severityText(severity: Severity, { unknownSeverity }: Pick<OpenedData, "unknownSeverity">): string {
  if (unknownSeverity === undefined) return severityLabels[severity];
  const why =
    unknownSeverity === null ? "it named no severity" : `“${unknownSeverity}” is not a known severity`;
  return `${severityLabels[severity]}, the source's default: ${why}`;
}

function joinedAfterClose(who: string, { status, differs }: JoinedAfterCloseData): string {
  const again = `${who} reported it again although it is ${statusLabels[status]}`;
  if (!differs) return again;
  const values = differs.map(({ path, value }) => (path ? `${path} ${value}` : value));
  return values.length > 0
    ? `${again}, with new values: ${values.join(", ")}`
    : `${again}, with fewer values`;
}

function silenceLifted(who: string, { because }: SilenceLiftedData): string {
  switch (because) {
    case "over":
      return "No longer silenced: it was reported again after the silence was over";
    case "severity":
      return "No longer silenced: its severity rose beyond what the silence covers";
    case "asked":
      return `${who} lifted the silence of this alert`;
    default:
      return because satisfies never;
  }
}

function commented(who: string, comment: CommentData): string {
  if (comment.now === "deleted") return `${who} commented; ${commentText(comment).toLowerCase()}`;
  return `${who} commented${comment.now === "edited" ? " (edited)" : ""}: ${commentText(comment)}`;
}

function escalated({ from, to, minutes }: EscalatedData): string {
  return `Sent to ${to.name} too, because nobody acted at ${from.name} within ${durationText(minutes)}`;
}

function commentEdited(who: string, comment: CommentData): string {
  if (comment.now === "deleted") return `${who} edited a comment, which its author later deleted`;
  return `${who} edited a comment: ${commentText(comment)}`;
}

function durationText(minutes: number): string {
  if (minutes < 120) return countText(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? countText(hours, "hour") : countText(Math.floor(hours / 24), "day");
}

/** Cards are posted to a channel (`#name`), events are sent to a webhook's host. */
function postedTo(place: string): string {
  return place.startsWith("#") ? `Posted to ${place}` : `Sent to ${place}`;
}

function statusChanged(who: string, data: StatusChangedData): string {
  const changed = `${who} ${statusVerb(data)}`;
  return data.comment ? `${changed}: ${data.comment}` : changed;
}

function statusVerb({ to, from, disposition = null, duplicateOf = null }: StatusChangedData): string {
  switch (to) {
    case "OPEN":
      return from === "TRIAGED" ? "set the alert back to Open" : "reopened the alert";
    case "TRIAGED":
      return "triaged the alert";
    case "RESOLVED":
      return `resolved the alert${asDisposition({ disposition, duplicateOf })}`;
    case "CLOSED":
      return `marked the alert as invalid${inBrackets({ disposition, duplicateOf })}`;
    default:
      return to satisfies never;
  }
}

function unassigned(from: { id: string; name: string } | null, actor: Actor): string {
  if (actor.type === "user" && actor.id === from?.id) return `${actor.name} released the alert`;
  return `${actor.name} unassigned the alert${from ? ` from ${from.name}` : ""}`;
}

function assigned(to: { id: string; name: string }, actor: Actor): string {
  if (actor.type === "user" && actor.id === to.id) return `${actor.name} took the alert`;
  return `${actor.name} assigned the alert to ${to.name}`;
}

const routeReasons: Record<RouteReason, string> = {
  report: "the report asks for it",
  report_skips: "the report asks for no destination",
  detection: "the detection's override says so",
  settings: "severity, type and log types match",
  system: "system health alerts go to every destination that takes them",
  same_fault: "every matching destination has the same fault",
  silenced: "a silence covers it",
  nothing_matches: "no destination matches",
};

/** Where the usual reason doesn't fit because none of the requested destinations is available. */
const notRoutedReasons: Partial<Record<RouteReason, string>> = {
  report: "no destination in the report is available",
  detection: "the detection's override has no available destination",
};

function routed(data: RouteData): string {
  if (data.silence)
    return `Not routed because a silence of ${data.silence.by} covers it: ${data.silence.reason}`;
  const names = data.destinations.map((destination) => destination.name).join(", ");
  const reason = names
    ? routeReasons[data.reason]
    : (notRoutedReasons[data.reason] ?? routeReasons[data.reason]);
  const notes = [
    ...data.unknown.map((name) => `no destination is named "${name}"`),
    ...data.deleted.map((destination) => `${destination.name} was deleted`),
    ...(data.sharing ?? []).map((destination) => `${destination.name} has the same fault`),
  ];
  return [`${names ? `Routed to ${names}` : "Not routed"} because ${reason}`, ...notes].join("; ");
}

/** The text of a comment, with the links of its files on the lines below. */
export function commentText({ text, files = [], now }: CommentData): string {
  if (now === "deleted") return "Deleted by its author";
  return [text, ...files.map(({ name, url }) => `${name}: ${url}`)].filter(Boolean).join("\n");
}
