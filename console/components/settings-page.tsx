import { type ReactNode, useEffect } from "react";
import css from "./settings-page.module.css";

interface Props {
  title: string;
  /** One sentence on what this page is for. */
  about: string;
  /** The page's main action. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the settings under its title, which stands in the browser's tab too. */
export function SettingsPage({ title, about, action, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Tocsin`;
  }, [title]);
  return (
    <div className={css.settings}>
      <header className={css.head}>
        <div>
          <h1>{title}</h1>
          <p>{about}</p>
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}
