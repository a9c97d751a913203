import type { ReactNode } from "react";
import css from "./plain-table.module.css";

/** A table that scrolls sideways when it doesn't fit. */
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard.
    <section className={css.panel} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head || <span className="visuallyHidden">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
