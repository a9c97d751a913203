import { decodeEntities, type Span, token } from "./mrkdwn.ts";

/** A line of a markdown block; a code block is one "line" too. */
export type MarkdownLine =
  | { kind: "heading" | "paragraph" | "bullet" | "quote"; of: Span[] }
  | { kind: "number"; at: number; of: Span[] }
  | { kind: "code"; of: Span[] }
  | { kind: "rule" };

type Rule = { form: RegExp; span: (inside: string, more: string) => Span };

const nested = (kind: "bold" | "italic" | "strike") => (inside: string) => ({ kind, of: inline(inside) });

// The first match wins, so longer markers come first. Slack's own <…> syntax works here too.
const rules: Rule[] = [
  { form: /^`([^`\n]+)`/, span: (text) => ({ kind: "code", text: decodeEntities(text) }) },
  {
    form: /^!?\[([^\]\n]*)\]\((https?:[^)\s]+|mailto:[^)\s]+)\)/,
    span: (text, url) => ({ kind: "link", url, text }),
  },
  { form: /^\*\*(\S(?:.*?\S)?)\*\*/, span: nested("bold") },
  { form: /^__(\S(?:.*?\S)?)__/, span: nested("bold") },
  { form: /^~~(\S(?:.*?\S)?)~~/, span: nested("strike") },
  { form: /^\*(\S(?:.*?\S)?)\*/, span: nested("italic") },
  { form: /^_(\S(?:.*?\S)?)_(?!\w)/, span: nested("italic") },
  { form: /^<([^<>\n]+)>/, span: token },
  { form: /^(https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]'"])/, span: (url) => ({ kind: "link", url, text: url }) },
];

function inline(text: string): Span[] {
  const spans: Span[] = [];
  let plain = "";
  let rest = text;
  const flush = () => {
    if (plain) spans.push({ kind: "text", text: decodeEntities(plain) });
    plain = "";
  };
  while (rest) {
    const match = /\w$/.test(plain) && /^[_h]/.test(rest) ? undefined : matchFirst(rest);
    if (match) {
      flush();
      spans.push(match.span);
      rest = rest.slice(match.length);
    } else {
      const skipped = /^\\[!-/:-@[-`{-~]/.test(rest) ? 2 : 1;
      plain += rest.slice(skipped - 1, skipped);
      rest = rest.slice(skipped);
    }
  }
  flush();
  return spans;
}

function matchFirst(text: string): { span: Span; length: number } | undefined {
  for (const { form, span } of rules) {
    const found = form.exec(text);
    if (found) return { span: span(found[1] ?? "", found[2] ?? ""), length: found[0].length };
  }
  return undefined;
}

function parseLine(line: string): MarkdownLine {
  const [, heading] = /^#{1,6}\s+(.*?)\s*#*$/.exec(line) ?? [];
  if (heading !== undefined) return { kind: "heading", of: inline(heading) };
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return { kind: "rule" };
  const [, quote] = /^(?:>|&gt;) ?(.*)$/.exec(line) ?? [];
  if (quote !== undefined) return { kind: "quote", of: inline(quote) };
  const [, bullet] = /^\s*[-*+]\s+(.*)$/.exec(line) ?? [];
  if (bullet !== undefined) return { kind: "bullet", of: inline(bullet) };
  const [, at, numbered = ""] = /^\s*(\d{1,9})[.)]\s+(.*)$/.exec(line) ?? [];
  if (at !== undefined) return { kind: "number", at: Number(at), of: inline(numbered) };
  return { kind: "paragraph", of: inline(line) };
}

const fenced = /^```[^\n]*\n([\s\S]*?)\n?```[ \t]*$/m;

const parseLines = (text: string): MarkdownLine[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parseLine);

/** Parses the Markdown that Slack's markdown block supports; tables and HTML stay text. */
export function parseMarkdown(text: string): MarkdownLine[] {
  const code = fenced.exec(text);
  if (!code) return parseLines(text);
  return [
    ...parseLines(text.slice(0, code.index)),
    { kind: "code", of: [{ kind: "preformatted", text: code[1] ?? "" }] },
    ...parseMarkdown(text.slice(code.index + code[0].length)),
  ];
}
