import { useId } from "react";
import { Copy } from "../../components/copy.tsx";
import css from "./alert.module.css";
import { describeJson } from "../../alert/json/describe-json.ts";
import { JsonTree } from "./json-tree.tsx";

interface Props {
  title: string;
  /** For the button: "Copy context". */
  what: string;
  value: unknown;
}

/** A JSON value as a tree under its title, to be copied as a whole. */
export function JsonPanel({ title, what, value }: Props) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id}>
      <div className={css.panelHead}>
        <h2 id={id}>{title}</h2>
        <Copy text={JSON.stringify(value, null, 2)} what={what} />
      </div>
      <JsonTree entries={entriesOf(value)} depth={0} />
    </section>
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  const described = describeJson(value);
  return described.kind === "branch" ? described.entries : [["value", value]];
}
