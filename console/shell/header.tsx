import { ActionIcon, Kbd, Text, TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useContext, useRef, useState } from "react";
import { Icon } from "../components/icon.tsx";
import { useKeys } from "../components/use-keys.ts";
import { LiveContext } from "../live/live-stream.tsx";
import { PersonMenu } from "./person-menu.tsx";
import css from "./shell.module.css";

export function Header({ onMenu }: { onMenu: () => void }) {
  return (
    <header className={css.header}>
      <ActionIcon className={css.burger} variant="subtle" color="gray" aria-label="Menu" onClick={onMenu}>
        <Icon name="menu" />
      </ActionIcon>
      <SearchBox />
      <span className={css.grow} />
      <LiveStatus />
      <PersonMenu />
    </header>
  );
}

/** Warns that the page may be out of date while the live stream is down. */
function LiveStatus() {
  const { connected } = useContext(LiveContext);
  return (
    <Text size="sm" role="status" style={{ color: "var(--warn)" }} className="delayed">
      {connected ? "" : "Live updates paused, reconnecting…"}
    </Text>
  );
}

/** Searches alerts from any page. A number such as `#1042` opens that alert. */
function SearchBox() {
  const search = useSearch({ strict: false });
  return <SearchForm key={search.q ?? ""} initial={search.q ?? ""} />;
}

function SearchForm({ initial }: { initial: string }) {
  const [text, setText] = useState(initial);
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useKeys([["/", () => input.current?.select()]]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const query = text.trim();
    const number = /^#(\d{1,15})$/.exec(query)?.[1];
    input.current?.blur();
    if (number) return navigate({ to: "/alerts/$alert", params: { alert: number } });
    return navigate({ to: "/alerts", search: (before) => ({ ...before, q: query || undefined }) });
  };
  return (
    <search style={{ flex: "0 1 420px" }}>
      <form onSubmit={submit}>
        <TextInput
          ref={input}
          type="search"
          size="sm"
          aria-label="Search alerts"
          placeholder="Search alerts or #1042"
          leftSection={<Icon name="search" />}
          rightSection={text ? null : <Kbd size="xs">/</Kbd>}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  );
}
