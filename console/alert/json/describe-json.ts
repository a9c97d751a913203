/** A value as the tree shows it: one line of text, or entries that can be opened. */
export type Described =
  | { kind: "leaf"; type: "string" | "number" | "boolean" | "null"; text: string }
  | { kind: "branch"; entries: [string, unknown][]; summary: string };

/** Describes a parsed JSON value. */
export function describeJson(value: unknown): Described {
  if (Array.isArray(value)) {
    return branch(
      value.map((item, at): [string, unknown] => [String(at), item]),
      "item",
    );
  }
  if (typeof value === "object" && value !== null) return branch(Object.entries(value), "field");
  if (value === null || value === undefined) return { kind: "leaf", type: "null", text: "null" };
  if (typeof value === "number" || typeof value === "boolean") {
    return { kind: "leaf", type: typeof value === "number" ? "number" : "boolean", text: String(value) };
  }
  return { kind: "leaf", type: "string", text: String(value) };
}

function branch(entries: [string, unknown][], noun: string): Described {
  const count = entries.length;
  return {
    kind: "branch",
    entries,
    summary: count === 0 ? "empty" : `${count} ${noun}${count > 1 ? "s" : ""}`,
  };
}

/** Whether a branch starts open: the first two levels do, unless they are long. */
export function startsOpen(entries: number, depth: number): boolean {
  return entries > 0 && depth < 2 && entries <= 12;
}
