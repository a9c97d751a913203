import { cut } from "../../slack/text/text.ts";

/** What fits on a line of a dialog in monospace without breaking, on a desk. */
const lineLength = 72;
/** Past this, indenting tells nothing any more, and would make a deep value many times as long. */
const deepestIndent = 24;

/** JSON for people: what is short stands on one line, everything else a field to a line. A text stays as it is. */
export function tidy(value: unknown): string {
  return typeof value === "string" ? value : write(value, "");
}

function write(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "–";
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const inner = indent.length < deepestIndent ? `${indent}  ` : indent;
  const items = Array.isArray(value)
    ? value.map((item) => write(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`);
  return (
    oneLine(items, lineLength - indent.length, { open, close }) ??
    lines(items, { open, close, indent, inner })
  );
}

function oneLine(
  items: string[],
  room: number,
  { open, close }: { open: string; close: string },
): string | null {
  const length = items.reduce((sum, item) => sum + item.length + 2, 2);
  if (length > room && items.length > 0) return null;
  if (items.some((item) => item.includes("\n"))) return null;
  const space = open === "{" && items.length > 0 ? " " : "";
  return `${open}${space}${items.join(", ")}${space}${close}`;
}

function lines(
  items: string[],
  { open, close, indent, inner }: { open: string; close: string; indent: string; inner: string },
): string {
  return `${open}\n${items.map((item) => `${inner}${item}`).join(",\n")}\n${indent}${close}`;
}

const longestKey = 80;
const longestPath = 200;

/** Where a value stands, as `actor.ips[0]`. Of a very long path the end counts. Empty for the whole. */
export function pathOf(node: JsonNode): string {
  let path = "";
  for (let at = node; at.parent; at = at.parent) {
    path = `${typeof at.key === "number" ? `[${at.key}]` : `.${cut(at.key ?? "", longestKey)}`}${path}`;
    if (path.length > longestPath) return `…${path}`;
  }
  return path.replace(/^\./, "");
}

/** A value inside of another, and where: `n` is its place in the order of reading, the same as long as the whole is. */
export interface JsonNode {
  n: number;
  /** A field's name or a place in a list; null for the whole. */
  key: string | number | null;
  parent: JsonNode | null;
  value: unknown;
}

/** Every value of a parsed JSON value: the whole first, and each before what is in it. */
export function* walk(whole: unknown): Generator<JsonNode> {
  const waiting: Omit<JsonNode, "n">[] = [{ key: null, parent: null, value: whole }];
  for (let n = 0; ; n++) {
    const next = waiting.pop();
    if (!next) return;
    const node = { ...next, n };
    yield node;
    for (const [key, value] of entriesOf(node.value).reverse()) waiting.push({ key, parent: node, value });
  }
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, at) => [at, item]);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
