import { type Severity, type Status, severities, statuses, statusLabels } from "../../alert/alert.ts";
import type { Disposition } from "../../alert/disposition.ts";
import { maxCommentLength } from "../card/comment-dialogs.ts";

const maxSearchLength = 200;

/** Reads the text after `/tocsin`. A number by itself means `show`. */
export function readCommand(text: string): Command {
  const [first = "", rest] = splitFirstWord(text.trim());
  if (first === "") return { verb: "help" };
  if (alertNumber(first) !== null) return numbered("show", text.trim());
  const verb = verbs.find((known) => known === first.toLowerCase());
  if (!verb) return { verb: "unknown", word: typedText(first), nearest: nearestVerb(first) };
  switch (verb) {
    case "help":
      return { verb };
    case "list":
      return { verb, filters: readFilters(rest) };
    case "show":
    case "assign":
    case "resolve":
      return numbered(verb, rest);
    default:
      return verb satisfies never;
  }
}

function numbered(verb: Exclude<Verb, "help" | "list">, text: string): Command {
  const [first = "", rest] = splitFirstWord(text);
  const number = alertNumber(first);
  if (number === null) return misused(verb, "The alert's number is missing.");
  if (verb === "show") return { verb, number };
  if (verb === "assign") return assignment(number, rest);
  const { disposition, duplicateOf, text: words } = readDisposition(typedText(rest).trim());
  const comment = words.trim();
  if (comment.length > maxCommentLength)
    return misused(
      verb,
      `A comment can have up to ${maxCommentLength} characters; this one has ${comment.length}.`,
    );
  return { verb, number, comment: comment || null, disposition, duplicateOf };
}

function assignment(number: number, rest: string): Command {
  const to = rest.replace(/^to\s+/i, "").trim();
  if (to === "" || to.toLowerCase() === "me") return { verb: "assign", number, slackUserId: null };
  const mention = /^<@([A-Z0-9]{1,30})(?:\|[^<>]*)?>$/.exec(to)?.[1];
  if (mention) return { verb: "assign", number, slackUserId: mention };
  return misused("assign", "Mention one person with @ and pick them from Slack's list.");
}

/** How a disposition is typed after "as". */
const typedDispositions: [RegExp, Disposition][] = [
  [/^true[ _-]?positive/i, "TRUE_POSITIVE"],
  [/^false[ _-]?positive/i, "FALSE_POSITIVE"],
  [/^(benign|expected)( \(expected\))?( activity)?/i, "BENIGN"],
  [/^duplicate of #?(\d{1,15})/i, "DUPLICATE"],
  [/^other/i, "OTHER"],
];

/** Reads `as benign` at the start of the words after the number; the rest is the comment. */
function readDisposition(words: string): {
  disposition: Disposition | null;
  duplicateOf: number | null;
  text: string;
} {
  const after = /^as\s+(?:an?\s+)?(.*)$/is.exec(words)?.[1];
  for (const [pattern, disposition] of after === undefined ? [] : typedDispositions) {
    const found = pattern.exec(after ?? "");
    const text = (after ?? "").slice(found?.[0].length);
    // "as otherwise agreed" is a comment.
    if (!found || /^[\p{L}\p{N}]/u.test(text)) continue;
    const duplicateOf = disposition === "DUPLICATE" ? Number(found[1]) : null;
    return { disposition, duplicateOf, text: text.replace(/^[\s:,;.–-]+/, "") };
  }
  return { disposition: null, duplicateOf: null, text: words };
}

function readFilters(text: string): ListFilters {
  const status: Status[] = [];
  const severity: Severity[] = [];
  const assignee: ("me" | "none")[] = [];
  const words: string[] = [];
  for (const word of typedText(text).split(/\s+/).filter(Boolean)) {
    const name = word.toLowerCase().replace(/^(status|severity|assignee):/, "");
    const ofStatus = statuses.filter((one) => name === "all" || isNamed(one, name));
    const ofSeverity = severities.find((one) => one.toLowerCase() === name);
    if (ofStatus.length > 0) status.push(...ofStatus);
    else if (ofSeverity) severity.push(ofSeverity);
    else if (name === "mine" || name === "me") assignee.push("me");
    else if (name === "unassigned" || name === "none") assignee.push("none");
    else words.push(word);
  }
  return {
    ...(status.length > 0 && { status }),
    ...(severity.length > 0 && { severity }),
    ...(assignee.length > 0 && { assignee }),
    ...(words.length > 0 && { words: words.join(" ").slice(0, maxSearchLength) }),
  };
}

function isNamed(status: Status, name: string): boolean {
  return status.toLowerCase() === name || statusLabels[status].toLowerCase() === name;
}

function alertNumber(word: string): number | null {
  const digits = /^#?(\d{1,15})$/.exec(word)?.[1];
  return digits ? Number(digits) : null;
}

function misused(verb: Verb, why: string): Command {
  return { verb: "misused", why, usage: usages[verb].usage };
}

function splitFirstWord(text: string): [string, string] {
  const at = text.search(/\s/);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at).trim()];
}

/** The filters of `list`; without a status, open and triaged alerts are listed. */
export interface ListFilters {
  status?: Status[];
  severity?: Severity[];
  assignee?: ("me" | "none")[];
  words?: string;
}

/** A parsed `/tocsin` command. `misused` is a known command with missing or wrong arguments. */
export type Command =
  | { verb: "help" }
  | { verb: "unknown"; word: string; nearest: Verb | null }
  | { verb: "misused"; why: string; usage: string }
  | { verb: "list"; filters: ListFilters }
  | { verb: "show"; number: number }
  /** `slackUserId` is null for the person who typed it. */
  | { verb: "assign"; number: number; slackUserId: string | null }
  | {
      verb: "resolve";
      number: number;
      comment: string | null;
      disposition: Disposition | null;
      duplicateOf: number | null;
    };

export const verbs = ["help", "list", "show", "assign", "resolve"] as const;
type Verb = (typeof verbs)[number];

export const usages: Record<Verb, { usage: string; does: string }> = {
  list: {
    usage: "list",
    does: "List open and triaged alerts. Add filters: list critical high, list mine, list unassigned, list resolved okta",
  },
  show: { usage: "show 1042", does: "Show one alert as on its card" },
  assign: { usage: "assign 1042 @grace", does: "Assign an alert to somebody, or to you if you name nobody" },
  resolve: {
    usage: "resolve 1042 VPN exit, confirmed",
    does: "Resolve an alert with a comment. Say why it is closed: resolve 1042 as benign VPN exit; or as true positive, as false positive, as duplicate of 1041, as other",
  },
  help: { usage: "help", does: "Show this list" },
};

/** The most similar command, or one that begins with `word`; null if none is similar. */
function nearestVerb(word: string): Verb | null {
  const typed = word.toLowerCase().slice(0, 20);
  const [nearest] = verbs
    .map((verb) => ({
      verb,
      distance: typed.length > 1 && verb.startsWith(typed) ? 0 : editDistance(typed, verb),
    }))
    .sort((one, other) => one.distance - other.distance);
  return nearest && nearest.distance <= 2 ? nearest.verb : null;
}

/** The Levenshtein distance of two words. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let to = 1; to <= other.length; to++) {
      const changed = (row[to - 1] ?? 0) + (other[to - 1] === letter ? 0 : 1);
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/**
 * The text as the person typed it. Slack sends `<@U1|grace>` for a person, `<#C1|general>` for a channel and
 * `<https://a.example|…>` for a URL, and escapes the rest.
 */
function typedText(text: string): string {
  return text
    .replace(/<([@#])([^<>|]+)(?:\|([^<>]*))?>/g, (_, sign: string, id: string, name?: string) => {
      return `${sign}${name || id}`;
    })
    .replace(/<([^<>|]+)(?:\|[^<>]*)?>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
