import { auditActions } from "../audit-action.ts";
import { detailsOf } from "./details.ts";
import { indefinite, nounOf, type Phrase, phrases, standsAlone, unknownPhrase } from "./phrases.ts";
import {
  cut,
  isCall,
  isEmpty,
  type Part,
  reasonText,
  type SaidEntry,
  timeText,
  valueText,
  words,
} from "./say-values.ts";

/**
 * An entry of the audit log as one sentence: who, what and the thing by its name. A change has the old and the new value,
 * a refusal what was wanted and why not. Actions of other versions are said too, in more general words. The parts with a
 * `type` and an `id` are what a reader can open.
 */
export function auditSentence(entry: SaidEntry): Part[] {
  const own = ownSentences[entry.action]?.(entry);
  if (own) return tidy(own);
  const phrase = phraseOf(entry);
  const single = singleChange(entry, phrase);
  const [wanted, done, rest] = single ?? phrase;
  const what = [...fill(rest, entry), single ? "" : detailsOf(entry)];
  if (entry.outcome === "ok") return tidy([...actorOf(entry), ` ${done} `, ...what]);
  const reason = reasonText(entry.data);
  const why = reason ? `. ${reason}` : "";
  return tidy([...actorOf(entry), ` was refused: ${wanted} `, ...what, why]);
}

/** The sentence as text. */
export function sentenceText(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
}

/** Sentences that don't begin with a person who did something. */
const ownSentences: Record<string, (entry: SaidEntry) => Part[] | null> = {
  "session.signed_in": (entry) => {
    if (entry.outcome === "ok") return null;
    const { email } = entry.data;
    const reason = reasonText(entry.data).toLowerCase();
    return [
      `A sign-in${typeof email === "string" ? ` as ${email}` : ""} was refused${reason && `: ${reason}`}`,
    ];
  },
  "session.sign_ins_refused": ({ data }) => {
    const { further, from, to, addresses } = data;
    const where = addresses === undefined ? "one network" : `${valueText(addresses)} networks`;
    return [
      `${valueText(further)} further sign-ins from ${where} were refused between ${timeText(from)} and ${timeText(to)} UTC`,
    ];
  },
};

function actorOf({ actor, slack }: SaidEntry): Part[] {
  if (actor.type === "user" && actor.id) return [{ text: actor.name, type: "user", id: actor.id }];
  if (actor.type === "token" && actor.id)
    return ["The API token ", { text: `“${actor.name}”`, type: "api_token", id: actor.id }];
  if (!slack || actor.id !== slack.userId) return [actor.name];
  const team = slack.team ?? slack.teamId;
  if (!slack.name) return [`${actor.name}${team ? ` (${team})` : ""}`];
  return [`${slack.name} (${[slack.userId, team].filter(Boolean).join(", ")})`];
}

function phraseOf(entry: SaidEntry): Phrase {
  if (isCall(entry.action)) return [entry.action, entry.action, entry.target ? "on {target}" : ""];
  const known = auditActions.find((action) => action === entry.action);
  if (known === "alert.change") return alertPhrase(entry);
  return known ? phrases[known] : unknownPhrase(entry.action);
}

const statusVerbs: Record<string, readonly [string, string, string]> = {
  OPEN: ["reopen", "reopened", "{target}"],
  TRIAGED: ["triage", "triaged", "{target}"],
  RESOLVED: ["resolve", "resolved", "{target}"],
  CLOSED: ["mark", "marked", "{target} as invalid"],
};

function alertPhrase({ changes }: SaidEntry): Phrase {
  const status = changes.status?.to;
  const verb = typeof status === "string" ? statusVerbs[status] : undefined;
  if (verb) return verb;
  const [first] = Object.entries(changes);
  if (first?.[0] === "assignee") {
    const to = first[1].to;
    return isEmpty(to)
      ? ["unassign", "unassigned", "{target}"]
      : ["assign", "assigned", `{target} to ${valueText(to)}`];
  }
  if (first?.[0] === "comment") return phrases["alert.commented"];
  return phrases["alert.change"];
}

/** “changed the role of Grace from Analyst to Admin”, if just one field of something was changed; otherwise null. */
function singleChange(entry: SaidEntry, [wanted, done, rest]: Phrase): Phrase | null {
  const [only, ...more] = Object.entries(entry.changes);
  if (!only || more.length > 0 || done !== "changed" || entry.action.startsWith("alert.")) return null;
  const [name, { from, to }] = only;
  const value = `${from === undefined ? "" : ` from ${valueText(from)}`} to ${valueText(to)}`;
  if (entry.action === "settings.changed") return [wanted, done, `the setting “${words(name)}”${value}`];
  if (rest !== "{target}" || to === "replaced") return null;
  return [wanted, done, `the ${words(name)} of {target}${value}`];
}

/** Replaces the placeholders of a phrase. */
function fill(text: string, entry: SaidEntry): Part[] {
  const said = isSelf(entry) ? text.replace(/the ([\w ]+) of \{target\}/, "their own $1") : text;
  return said.split(/(\{\w+\})/).flatMap((piece) => {
    if (piece === "{target}") return targetOf(entry);
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    return name ? [valueText(entry.data[name])] : [piece];
  });
}

function isSelf({ target, actor }: Pick<SaidEntry, "target" | "actor">): boolean {
  return target?.type === "user" && actor.type === "user" && actor.id === target.id;
}

const maxNameLength = 120;

function targetOf({ target, action, actor }: SaidEntry): Part[] {
  if (!target) return [indefinite(action)];
  const { type, id, name } = target;
  if (isSelf({ target, actor })) return ["themselves"];
  const [, number, title] = (type === "alert" && /^(#\d+) ?(.*)$/su.exec(name ?? "")) || [];
  if (number) return [{ text: number, type, id }, title ? ` (${cut(title, maxNameLength)})` : ""];
  if (name && standsAlone(type)) return [{ text: cut(name, maxNameLength), type, id }];
  return [
    `the ${nounOf(type)} `,
    { text: name ? `“${cut(name, maxNameLength)}”` : `…${id.slice(-8)}`, type, id },
  ];
}

/** Joins neighbouring texts; spaces are single, and none stand at the end. */
function tidy(parts: Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined
    .map((part) => (typeof part === "string" ? part.replace(/ {2,}/g, " ") : part))
    .map((part, at) => (typeof part === "string" && at === joined.length - 1 ? part.trimEnd() : part))
    .filter((part) => part !== "");
}
