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
