import type { ReactNode } from "react";
import css from "../../components/lists/lists.module.css";

/** Nothing here yet: says why, and as children what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
