import type { ReactNode } from "react";
import { useEffect } from "react";
import css from "./parts.module.css";

interface Props {
  title: string;
  /** One sentence on what this page is for. */
  about?: string;
  /** The page's main action. */
  action?: ReactNode;
}

/** A page's title, in the page and in the browser's tab. */
export function PageHead({ title, about, action }: Props) {
  useEffect(() => {
    document.title = `${title} · Tocsin`;
  }, [title]);
  return (
    <header className={css.head}>
      <div>
        <h1>{title}</h1>
        {about ? <p>{about}</p> : null}
      </div>
      {action}
    </header>
  );
}
