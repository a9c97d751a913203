import type { ReactNode } from "react";
import css from "./plain-table.module.css";

/** A table of settings: it scrolls sideways by itself where there is no room. */
export function PlainTable({
  label,
  heads,
  children,
}: {
  label: string;
  heads: string[];
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
    <section className={css.panel} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head || <span className="unseen">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
