import { Button, Group, Menu } from "@mantine/core";
import { useState } from "react";
import type { Status } from "../../src/alert/alert.ts";
import { statusLabels } from "../../src/alert/alert.ts";
import type { AlertRow } from "../../src/triage/contract.ts";
import { StatusBadge } from "../components/badges.tsx";
import { Icon } from "../components/icon.tsx";
import { keysOf } from "../forms/choices.ts";
import { AssigneePicker } from "./assignee-picker.tsx";
import { ClosingDialog, type ClosingStatus, isClosing } from "./closing-dialog.tsx";
import { DispositionControl } from "./disposition-control.tsx";
import { useTriage } from "./use-triage.ts";

interface Props {
  /** One alert, or the selected ones. */
  alerts: AlertRow[];
}

/** Controls for the status and assignee of one or many alerts. */
export function TriageControls({ alerts }: Props) {
  const [closing, setClosing] = useState<ClosingStatus>();
  const { mutate: triage, isPending } = useTriage();
  const [only] = alerts;
  const single = alerts.length === 1 ? only : undefined;
  const choose = (status: Status) =>
    isClosing(status) ? setClosing(status) : triage({ alerts, change: { status } });
  return (
    <Group gap="sm">
      <StatusMenu status={single?.status} onChoose={choose} busy={isPending} />
      {single && isClosing(single.status) ? <DispositionControl alert={single} /> : null}
      <AssigneePicker
        alerts={alerts}
        onChoose={(assignee) => triage({ alerts, change: { assignee } })}
        busy={isPending}
      />
      {closing ? (
        <ClosingDialog status={closing} alerts={alerts} onClose={() => setClosing(undefined)} />
      ) : null}
    </Group>
  );
}

interface StatusMenuProps {
  /** Undefined for several alerts. */
  status: Status | undefined;
  onChoose: (status: Status) => void;
  busy: boolean;
}

function StatusMenu({ status, onChoose, busy }: StatusMenuProps) {
  return (
    <Menu position="bottom-start" width={180} shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          disabled={busy}
          rightSection={<Icon name="down" size={12} />}
          aria-label={status ? `Status: ${statusLabels[status]}` : "Set status"}
        >
          {status ? <StatusBadge status={status} /> : "Set status"}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {keysOf(statusLabels).map((choice) => (
          <Menu.Item
            key={choice}
            disabled={choice === status}
            onClick={() => onChoose(choice)}
            rightSection={choice === status ? <Icon name="check" size={14} /> : null}
          >
            <StatusBadge status={choice} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
