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
  /** Gets a user's id or an e-mail; null unassigns. */
  onChoose: (assignee: string | null) => void;
  busy: boolean;
}

const nobody = "";

/** Chooses who takes the alerts; somebody who isn't listed is named by their e-mail. */
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
    onChoose(value === nobody ? null : value);
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
          placeholder="Name or e-mail"
          aria-label="Search people"
        />
        <Combobox.Options mah={280} style={{ overflowY: "auto" }} aria-label="People">
          {assigned && !text ? <Combobox.Option value={nobody}>Unassign</Combobox.Option> : null}
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
            <Combobox.Empty>Nobody by that name. Type an e-mail.</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function matches({ name, email }: Person, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted);
}

/** Who may be assigned, oneself first; somebody beyond the first fifty is assigned by their e-mail. */
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
