import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { Icon } from "./icon.tsx";
import css from "./page-head.module.css";

interface Props {
  back: { to: "/alerts" | "/configure/destinations" | "/configure/sources"; label: string };
  name: string;
  /** In the browser's tab, if it differs from the name. */
  tab?: string;
  /** In the line of the name: a span, a badge, or the button of a menu, which stands at the right. */
  beside?: ReactNode;
  children?: ReactNode;
}

/** The head of a page about one thing: the way back to the list, its name, and what there is to say of it. */
export function PageHead({ back, name, tab = name, beside, children }: Props) {
  useEffect(() => {
    document.title = `${tab} · Tocsin`;
  }, [tab]);
  return (
    <header className={css.head}>
      <Link to={back.to} className={css.back}>
        <Icon name="left" size={14} /> {back.label}
      </Link>
      <div className={css.name}>
        <h1 className="wrap">{name}</h1>
        {beside}
      </div>
      {children}
    </header>
  );
}
