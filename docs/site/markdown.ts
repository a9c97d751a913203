/** A fenced block of code. */
export interface Fence {
  /** The line of the text in which it begins, from 1. */
  line: number;
  language: string;
  code: string;
  /** The nearest heading of the second level before it; empty without one. */
  section: string;
  /** The line before it, without spaces: a comment there may say why the code is not run. */
  before: string;
}

/** A heading outside of code. `at` is its offset in the text. */
export interface Heading {
  level: number;
  text: string;
  at: number;
}

/** A link or a picture. The numbers are offsets in the text: of the target, of the link and of its label. */
export interface Link {
  target: string;
  line: number;
  at: number;
  /** Null of HTML and of a picture, whose label says nothing in its place. */
  whole: { from: number; to: number; label: string } | null;
}

const fence = /^( *)(`{3,})(\S*)[^\n]*\n([\s\S]*?)^\1\2 *$/gm;

/** The fenced blocks of a Markdown text, without the indentation of the list that they are in. */
export function fences(text: string): Fence[] {
  return [...text.matchAll(fence)].map(({ index, 1: indent = "", 3: language = "", 4: code = "" }) => ({
    line: lineAt(text, index),
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    section: /[\s\S]*^## (.+)$/m.exec(text.slice(0, index))?.[1] ?? "",
    before: text.slice(0, index).trimEnd().split("\n").at(-1)?.trim() ?? "",
  }));
}

/** The lines of code that are indented instead of fenced, which no language and no test finds. */
export function indentedCode(text: string): number[] {
  const outside = blank(text, fence);
  const inLists = /^(?:[-*]|\d+\.) .*\n(?:(?: .*)?\n)*/gm;
  const plain = outside.replaceAll(inLists, (list) => list.replaceAll(/^ +/gm, ""));
  const lines = plain.split("\n");
  return lines.flatMap((line, n) => (/^ {4,}\S/.test(line) && !lines[n - 1]?.trim() ? n + 1 : []));
}

export function headings(text: string): Heading[] {
  const outside = blank(text, fence);
  return [...outside.matchAll(/^(#{1,6}) +(.+?) *$/gm)].map(({ index, 1: marks = "", 2: heading = "" }) => ({
    level: marks.length,
    text: plainText(heading),
    at: index,
  }));
}

/** The anchors of a text's headings as GitHub makes them; the second of the same name ends in -1. */
export function anchors(text: string): string[] {
  const seen = new Map<string, number>();
  return headings(text).map((heading) => {
    const slug = slugOf(heading.text);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

/** The anchor of a heading, as GitHub makes it. */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}\p{Connector_Punctuation} -]/gu, "")
    .replaceAll(" ", "-");
}

/** The links and pictures of a text, in Markdown and in HTML. */
export function links(text: string): Link[] {
  const outside = withoutCode(text);
  const markdown = /(?<picture>!?)\[(?<label>(?:[^[\]]|\[[^\]]*\])*)\]\(\s*(?<target>[^)\s]+)[^)]*\)/dg;
  const html = /<\w[^>]*?\s(?:href|src|srcset)="(?<target>[^"]+)"/dg;
  const found = [markdown, html].flatMap((pattern) => [...outside.matchAll(pattern)]);
  return found
    .map(({ groups = {}, indices, index: from, 0: { length } }) => {
      const [at = 0] = indices?.groups?.target ?? [];
      const label = text.slice(...(indices?.groups?.label ?? [0, 0]));
      const whole = groups.picture === "" ? { from, to: from + length, label } : null;
      return { target: groups.target ?? "", line: lineAt(text, at), at, whole };
    })
    .toSorted((one, other) => one.at - other.at);
}

/**
 * The text with other links. `change` gets a link's target and label and returns the new ones; null leaves only the label.
 * A picture keeps its label.
 */
export function mapLinks(
  text: string,
  change: (target: string, label: string) => { target: string; label: string } | null,
): string {
  return links(text).reduceRight((done, { target, at, whole }) => {
    const changed = change(target, whole?.label ?? "");
    if (!whole) {
      if (!changed)
        throw new Error(`${target} is not on the site, and there is no text to show in its place`);
      return done.slice(0, at) + changed.target + done.slice(at + target.length);
    }
    const link = changed ? `[${changed.label}](${changed.target})` : whole.label;
    return done.slice(0, whole.from) + link + done.slice(whole.to);
  }, text);
}

/** The text with spaces in place of code, so that offsets stay. */
function withoutCode(text: string): string {
  return blank(blank(text, fence), /(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g);
}

function blank(text: string, pattern: RegExp): string {
  return text.replaceAll(pattern, (found) => found.replaceAll(/[^\n]/g, " "));
}

/** A heading without the marks of links, code and emphasis. */
function plainText(heading: string): string {
  return heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/[`*]/g, "");
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
