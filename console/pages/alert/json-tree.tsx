import { useState } from "react";
import { CopyIcon } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import { describeJson, startsOpen } from "../../alert/json/describe-json.ts";
import css from "./json-tree.module.css";

interface Props {
  entries: [string, unknown][];
  depth: number;
}

/** A parsed JSON value as a tree; what is closed isn't drawn, so that 200 KiB of context cost nothing. */
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
      <li className={css.line}>
        <span className={css.name}>{reveal(name)}</span>
        <span className={css[described.type]}>{reveal(described.text)}</span>
        <span className={css.copy}>
          <CopyIcon text={described.text} what={reveal(name)} />
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
