import { cut } from "../../slack/text/text.ts";

/** Monospace characters that fit on a line of a dialog on a desktop. */
const lineLength = 72;
/** A deeper indent would make a deep value many times as long. */
const maxIndent = 24;

/** Formats JSON for people: short values on one line, others with a line per field. A text stays unchanged. */
export function tidy(value: unknown): string {
  return typeof value === "string" ? value : write(value, "");
}

function write(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "–";
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const inner = indent.length < maxIndent ? `${indent}  ` : indent;
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

const maxKeyLength = 80;
const maxPathLength = 200;

/** The path of a value, for example `actor.ips[0]`. Only the end of a very long path is kept. Empty for the root. */
export function pathOf(node: JsonNode): string {
  let path = "";
  for (let at = node; at.parent; at = at.parent) {
    path = `${typeof at.key === "number" ? `[${at.key}]` : `.${cut(at.key ?? "", maxKeyLength)}`}${path}`;
    if (path.length > maxPathLength) return `…${path}`;
  }
  return path.replace(/^\./, "");
}

/** A value inside another. `n` is its index in walking order, which is stable while the whole value is unchanged. */
export interface JsonNode {
  n: number;
  /** A field's name or a list index; null for the root. */
  key: string | number | null;
  parent: JsonNode | null;
  value: unknown;
}

/** Yields every value of a parsed JSON value, parents before children. */
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
