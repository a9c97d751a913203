import { type ReactNode, useEffect } from "react";
import css from "./configure-page.module.css";

interface Props {
  title: string;
  /** One sentence on the purpose of the page. */
  intro: string;
  /** The page's main action. */
  action?: ReactNode;
  children: ReactNode;
}

/** Layout of the Configure pages: title (in the browser tab too), intro, main action and content. */
export function ConfigurePage({ title, intro, action, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Tocsin`;
  }, [title]);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div>
          <h1>{title}</h1>
          <p>{intro}</p>
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}
