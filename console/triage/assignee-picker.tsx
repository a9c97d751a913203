import { Button, Combobox, useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Person } from "../../src/alert/alert.ts";
import type { AlertRow } from "../../src/triage/contract.ts";
import { peopleApi } from "../api/people.ts";
import { Icon } from "../components/icon.tsx";
import { useSession } from "../session/use-session.ts";

interface Props {
  alerts: AlertRow[];
  /** Called with a user's id or an email address; null unassigns. */
  onChoose: (assignee: string | null) => void;
  busy: boolean;
}

const unassigned = "";

/** Chooses the assignee. People who aren't listed can be entered by email address. */
export function AssigneePicker({ alerts, onChoose, busy }: Props) {
  const combobox = useCombobox({ onDropdownOpen: () => combobox.focusSearchInput() });
  const [text, setText] = useState("");
  const people = usePeople(alerts).filter((person) => matches(person, text));
  const me = useSession().data?.user.id;
  const current = alerts.length === 1 ? alerts[0]?.assignee : undefined;
  const assigned = alerts.some(({ assignee }) => assignee);
  const choose = (value: string) => {
    combobox.closeDropdown();
    setText("");
    onChoose(value === unassigned ? null : value);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={260} position="bottom-start">
      <Combobox.Target targetType="button">
        <Button
          variant="default"
          disabled={busy}
          onClick={() => combobox.toggleDropdown()}
          leftSection={<Icon name="person" size={14} />}
          rightSection={<Icon name="down" size={12} />}
          aria-label={current ? `Assignee: ${current.name}` : "Assign"}
        >
          {current?.name ?? "Assign"}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder="Name or email"
          aria-label="Search people"
        />
        <Combobox.Options mah={280} style={{ overflowY: "auto" }} aria-label="People">
          {assigned && !text ? <Combobox.Option value={unassigned}>Unassign</Combobox.Option> : null}
          {people.map(({ id, name, email }) => (
            <Combobox.Option key={id} value={id} disabled={id === current?.id}>
              {id === me ? "Assign to me" : name}
              <div style={{ fontSize: 12, color: "var(--mantine-color-dimmed)" }}>{email}</div>
            </Combobox.Option>
          ))}
          {people.length === 0 && text.includes("@") ? (
            <Combobox.Option value={text.trim()}>Assign to {text.trim()}</Combobox.Option>
          ) : null}
          {people.length === 0 && !text.includes("@") ? (
            <Combobox.Empty>No match. Enter an email address.</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function matches({ name, email }: Person, text: string): boolean {
  const query = text.trim().toLowerCase();
  return name.toLowerCase().includes(query) || email.toLowerCase().includes(query);
}

/** People who can be assigned, the user first. Only the first 50 are listed. */
export function usePeople(alerts: { assignee: Person | null }[]): Person[] {
  const me = useSession().data?.user;
  const users = useQuery({
    queryKey: ["assignees"],
    queryFn: () => peopleApi.assignees(),
    staleTime: 60_000,
  });
  return useMemo(() => {
    const known = [
      ...(me ? [me] : []),
      ...(users.data?.results ?? []),
      ...alerts.flatMap(({ assignee }) => assignee ?? []),
    ];
    return [...new Map(known.map(({ id, email, name }) => [id, { id, email, name }])).values()];
  }, [me, users.data, alerts]);
}
