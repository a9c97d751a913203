import { type Actor, type Status, statusLabels } from "../alert/alert.ts";
import { answerWords } from "../alert/boomerang.ts";
import type {
  CommentTold,
  HistoryEvent,
  RouteReason,
  RouteTold,
  SuppressedTold,
} from "../alert/history-event.ts";

/** One line, past tense, the actor first: what threads, the Console and the API say of an entry. */
export function sentence(event: HistoryEvent, actor: Actor): string {
  const who = actor.name;
  switch (event.kind) {
    case "opened":
      return `${who} reported it first, as ${event.data.severity}. ${routed(event.data.route)}`;
    case "informational":
      return "Informational, needs nobody";
    case "routed":
      return routed(event.data);
    case "severity_raised":
      return `${who} raised the severity from ${event.data.from} to ${event.data.to}`;
    case "joined_after_close":
      return `${who} reported it again although it is ${statusLabels[event.data.status]}`;
    case "source_says_over":
      return `${who} says it is over`;
    case "status_changed":
      return withComment(`${who} ${statusVerb(event.data.to, event.data.from)}`, event.data.comment);
    case "assigned":
      return assigned(event.data.to, actor);
    case "unassigned":
      return `${who} unassigned the alert${event.data.from ? ` from ${event.data.from.name}` : ""}`;
    case "commented":
      return commented(who, event.data);
    case "comment_edited":
      return event.data.now === "deleted"
        ? `${who} edited a comment, which was deleted by its author`
        : `${who} edited a comment: ${commentWords(event.data)}`;
    case "comment_deleted":
      return `${who} deleted a comment`;
    case "announced":
      return `Announced ${at(event.data.place)} for ${event.data.destination.name}`;
    case "digested":
      return `Announced in a digest in ${event.data.place} for ${event.data.destination.name}`;
    case "not_delivered":
      return `Not delivered to ${event.data.destination.name}: ${event.data.why}`;
    case "reminded":
      return `Reminder: still open and unassigned after ${lasting(event.data.minutes)}`;
    case "boomerang_asked":
      return `${who} asked ${list(event.data.to)}: “${event.data.question}”`;
    case "boomerang_answered":
      return `${who} answered: ${answerWords(event.data.answer)}`;
    case "boomerang_reminded":
      return `${list(event.data.to)} ${event.data.to.length > 1 ? "were" : "was"} reminded of the question`;
    case "boomerang_expired":
      return `No answer from ${list(event.data.to)} in time`;
    case "boomerang_cancelled":
      return `${who} cancelled the question to ${list(event.data.to)}`;
    case "boomerang_unreachable":
      return `${event.data.to} could not be asked: ${event.data.why}`;
    case "boomerang_still_open":
      return `The question to ${list(event.data.to)} stays open; an answer will still be recorded`;
    case "suppression_set":
      return `${who} suppressed repeats for ${event.data.person} for ${counted(event.data.hours, "hour")}`;
    case "suppressed":
      return suppressed(who, event.data);
    case "suppression_ended":
      return event.data.because === "reopened"
        ? `Repeats for ${event.data.person} open alerts again, since this one was reopened`
        : `${who} ended the suppression of repeats for ${event.data.person}`;
    default:
      return event satisfies never;
  }
}

function suppressed(who: string, { title, severity, person, count }: SuppressedTold): string {
  const times = count === 1 ? "" : ` ${counted(count, "time")}`;
  return `${who} reported it again for ${person}${times}, suppressed: ${severity} “${title}”`;
}

function commented(who: string, comment: CommentTold): string {
  if (comment.now === "deleted") return `${who} commented; ${commentWords(comment).toLowerCase()}`;
  return `${who} commented${comment.now === "edited" ? " (edited)" : ""}: ${commentWords(comment)}`;
}

function lasting(minutes: number): string {
  if (minutes < 120) return counted(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? counted(hours, "hour") : counted(Math.floor(hours / 24), "day");
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** A channel is where an alert stands, a host whom it was told. */
function at(place: string): string {
  return place.startsWith("#") ? `in ${place}` : `to ${place}`;
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}

function withComment(line: string, comment: string | null): string {
  return comment ? `${line}: ${comment}` : line;
}

function statusVerb(to: Status, from: Status): string {
  switch (to) {
    case "OPEN":
      return from === "TRIAGED" ? "set the alert back to Open" : "reopened the alert";
    case "TRIAGED":
      return "triaged the alert";
    case "RESOLVED":
      return "resolved the alert";
    case "CLOSED":
      return "called the alert invalid";
    default:
      return to satisfies never;
  }
}

function assigned(to: { id: string; name: string }, actor: Actor): string {
  if (actor.type === "user" && actor.id === to.id) return `${actor.name} took the alert`;
  return `${actor.name} assigned the alert to ${to.name}`;
}

const becauseOf: Record<RouteReason, string> = {
  report: "the report names them",
  report_skips: "the report asks for no destination",
  detection: "the detection's setting names them",
  settings: "severity, type and log types match",
  system: "system health alerts go wherever they are taken",
  same_fault: "every destination that takes them has this same fault",
  nothing_matches: "no destination takes such alerts",
};

function routed(data: RouteTold): string {
  const names = data.destinations.map((destination) => destination.name).join(", ");
  const where = names ? `Routed to ${names}` : "Routed nowhere";
  const notes = [
    ...data.unknown.map((name) => `no destination is called "${name}"`),
    ...data.deleted.map((destination) => `${destination.name} was deleted`),
    ...(data.sharing ?? []).map((destination) => `${destination.name} has this same fault`),
  ];
  return [`${where}: ${becauseOf[data.reason]}`, ...notes].join("; ");
}

/** What a comment says, its files as addresses below it. */
export function commentWords({ text, files = [], now }: CommentTold): string {
  if (now === "deleted") return "Deleted by its author";
  return [text, ...files.map(({ name, url }) => `${name}: ${url}`)].filter(Boolean).join("\n");
}
