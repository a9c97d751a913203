import { type Severity, severities } from "../../alert/severity.ts";
import { type Status, statuses, statusWords } from "../../alert/status.ts";
import { longestComment } from "../../slack/dialogs/comment-input.ts";
import { type Command, usages, type Verb, verbs, type Wanted } from "../../slack/command/command.ts";
import { nearestVerb } from "../../slack/command/nearest-verb.ts";
import { typedText } from "../../slack/command/typed-text.ts";

const longestSearch = 200;

/** What the words after `/tocsin` ask for. A number by itself asks to see that alert. */
export function readCommand(text: string): Command {
  const [first = "", rest] = split(text.trim());
  if (first === "") return { verb: "help" };
  if (alertNumber(first) !== null) return numbered("show", text.trim());
  const verb = verbs.find((known) => known === first.toLowerCase());
  if (!verb) return { verb: "unknown", word: typedText(first), nearest: nearestVerb(first) };
  switch (verb) {
    case "help":
      return { verb };
    case "list":
      return { verb, wanted: readWanted(rest) };
    case "show":
    case "assign":
    case "resolve":
      return numbered(verb, rest);
    default:
      return verb satisfies never;
  }
}

function numbered(verb: Exclude<Verb, "help" | "list">, text: string): Command {
  const [first = "", rest] = split(text);
  const number = alertNumber(first);
  if (number === null) return misused(verb, "Say which alert, by its number.");
  if (verb === "show") return { verb, number };
  if (verb === "assign") return assignment(number, rest);
  const comment = typedText(rest).trim();
  if (comment.length > longestComment)
    return misused(
      verb,
      `A comment has ${longestComment} characters at most; this one has ${comment.length}.`,
    );
  return { verb, number, comment: comment || null };
}

function assignment(number: number, rest: string): Command {
  const to = rest.replace(/^to\s+/i, "").trim();
  if (to === "" || to.toLowerCase() === "me") return { verb: "assign", number, slackUserId: null };
  const mention = /^<@([A-Z0-9]{1,30})(?:\|[^<>]*)?>$/.exec(to)?.[1];
  if (mention) return { verb: "assign", number, slackUserId: mention };
  return misused("assign", "Name one person with @, and pick them from the list that Slack shows.");
}

function readWanted(text: string): Wanted {
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
    ...(words.length > 0 && { words: words.join(" ").slice(0, longestSearch) }),
  };
}

function isNamed(status: Status, name: string): boolean {
  return status.toLowerCase() === name || statusWords[status].toLowerCase() === name;
}

function alertNumber(word: string): number | null {
  const digits = /^#?(\d{1,15})$/.exec(word)?.[1];
  return digits ? Number(digits) : null;
}

function misused(verb: Verb, why: string): Command {
  return { verb: "misused", why, usage: usages[verb].usage };
}

function split(text: string): [string, string] {
  const at = text.search(/\s/);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at).trim()];
}
