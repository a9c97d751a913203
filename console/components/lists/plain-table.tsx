import type { ReactNode } from "react";
import { Icon } from "../icon.tsx";
import css from "./plain-table.module.css";

/** A column that sorts: `by` is its name, with `-` before it from high to low. */
interface SortableHead {
  label: string;
  by: string;
  /** What the first click does. */
  first: "ascending" | "descending";
}

interface Props {
  label: string;
  heads: (string | SortableHead)[];
  sort?: string;
  onSort?: (sort: string) => void;
  children: ReactNode;
}

/** A table that scrolls sideways when it doesn't fit. */
export function PlainTable({ label, heads, sort, onSort, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard.
    <section className={css.panel} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) =>
              typeof head === "string" ? (
                <th key={head} scope="col">
                  {head || <span className="visuallyHidden">Actions</span>}
                </th>
              ) : (
                <SortHead key={head.by} head={head} sort={sort} onSort={onSort} />
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

function SortHead({ head, sort, onSort }: { head: SortableHead } & Pick<Props, "sort" | "onSort">) {
  const { label, by, first } = head;
  const order = sort === by ? "ascending" : sort === `-${by}` ? "descending" : undefined;
  const next = order ? (order === "ascending" ? `-${by}` : by) : first === "ascending" ? by : `-${by}`;
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" onClick={() => onSort?.(next)}>
        {label}
        {order ? <Icon name={order === "ascending" ? "up" : "down"} size={12} /> : null}
      </button>
    </th>
  );
}
