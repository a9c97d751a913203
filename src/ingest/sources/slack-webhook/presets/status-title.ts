import { readSeverity } from "../../../fields/read-fields.ts";
import { headOf, type MessageView } from "../message-view.ts";
import type { Reading } from "../preset.ts";

/** `[FIRING:2] TargetDown (api-1 critical)`, `[FIRING:1, RESOLVED:1] …`, `[RESOLVED] …`, with emoji before it. */
const bracketed =
  /^[^\p{L}\p{N}[]*(?::[a-z_]+:\s*)*\[(FIRING|RESOLVED)(?::\d+)?(?:,\s?RESOLVED:\d+)?\]\s*(\S.*)$/u;
const worded = /^[^\p{L}\p{N}[]*(?::[a-z_]+:\s*)*(FIRING|RESOLVED)(?::\d+)?:\s+(\S.*)$/u;

/**
 * Reads the title that Alertmanager and Grafana give a group of alerts. Its labels tell groups apart, and how many of
 * them fire does not. Null if no line is such a title.
 */
export function readStatusTitle(message: MessageView): Reading | null {
  const titles = [...message.attachments.map(({ title }) => title), ...headOf(message)];
  const [, status, rest] =
    titles.map((line) => bracketed.exec(line) ?? worded.exec(line)).find(Boolean) ?? [];
  if (!status || !rest) return null;
  const name = rest.replace(/\s+/g, " ").trim();
  return {
    title: name.replace(/^\((.+)\)$/, "$1"),
    identity: name,
    over: status === "RESOLVED",
    severity: severityIn(name, message),
  };
}

/** The label `severity`, where the text lists labels; otherwise the last of the common labels that is such a word. */
function severityIn(name: string, { lines, fields }: MessageView): string | null {
  const listed = lines.map((line) => /^[-•*\s]*severity\W+(\w+)/i.exec(line)?.[1]);
  const field = fields.find((one) => /^(?:severity|priority)$/i.test(one.name))?.value;
  const [, labels = ""] = /\(([^()]*)\)$/.exec(name) ?? [];
  const common = labels.split(" ").filter((word) => /\p{L}/u.test(word) && readSeverity(word));
  return field ?? listed.find((word) => readSeverity(word)) ?? common.at(-1) ?? null;
}
