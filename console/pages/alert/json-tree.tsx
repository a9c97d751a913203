import { useState } from "react";
import { CopyIconButton } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import css from "./json-tree.module.css";

interface Props {
  entries: [string, unknown][];
  depth: number;
}

/** A JSON value as a tree. Closed branches aren't rendered, so that 200 KiB of context stay fast. */
export function JsonTree({ entries, depth }: Props) {
  return (
    <ul className={css.tree} data-depth={depth}>
      {entries.map(([name, value]) => (
        <Node key={name} name={name} value={value} depth={depth} />
      ))}
    </ul>
  );
}

function Node({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  const described = describeJson(value);
  const entries = described.kind === "branch" ? described.entries : [];
  const [open, setOpen] = useState(startsOpen(entries.length, depth));
  if (described.kind === "leaf") {
    return (
      <li className={css.leaf}>
        <span className={css.name}>{reveal(name)}</span>
        <span className={css[described.type]}>{reveal(described.text)}</span>
        <span className={css.copy}>
          <CopyIconButton text={described.text} label={reveal(name)} />
        </span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className={css.branch}
        aria-expanded={open}
        disabled={entries.length === 0}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? "down" : "right"} size={12} />
        <span className={css.name}>{reveal(name)}</span>
        <span className={css.summary}>{described.summary}</span>
      </button>
      {open ? <JsonTree entries={entries} depth={depth + 1} /> : null}
    </li>
  );
}

/** A JSON value as the tree shows it: a leaf with its text, or a branch with entries. */
type TreeNode =
  | { kind: "leaf"; type: "string" | "number" | "boolean" | "null"; text: string }
  | { kind: "branch"; entries: [string, unknown][]; summary: string };

export function describeJson(value: unknown): TreeNode {
  if (Array.isArray(value)) {
    return branch(
      value.map((item, index): [string, unknown] => [String(index), item]),
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

function branch(entries: [string, unknown][], noun: string): TreeNode {
  const count = entries.length;
  return {
    kind: "branch",
    entries,
    summary: count === 0 ? "empty" : `${count} ${noun}${count > 1 ? "s" : ""}`,
  };
}

/** True for branches of the first two levels, unless they are empty or long. */
export function startsOpen(entries: number, depth: number): boolean {
  return entries > 0 && depth < 2 && entries <= 12;
}
