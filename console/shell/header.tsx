import { ActionIcon } from "@mantine/core";
import { LiveMark } from "../live/live-mark.tsx";
import { Icon } from "../components/icon.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { SearchBox } from "./search-box.tsx";
import css from "./shell.module.css";

export function Header({ onMenu }: { onMenu: () => void }) {
  return (
    <header className={css.header}>
      <ActionIcon className={css.burger} variant="subtle" color="gray" aria-label="Menu" onClick={onMenu}>
        <Icon name="menu" />
      </ActionIcon>
      <SearchBox />
      <span className={css.grow} />
      <LiveMark />
      <PersonMenu />
    </header>
  );
}
