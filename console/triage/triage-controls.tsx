import { Group } from "@mantine/core";
import { useState } from "react";
import type { Status } from "../../src/alert/status.ts";
import type { AlertRow } from "../../src/triage/contract.ts";
import { AssigneePicker } from "./assignee-picker.tsx";
import { type ClosingStatus, CommentDialog, isClosing } from "./comment-dialog.tsx";
import { StatusMenu } from "./status-menu.tsx";
import { useTriage } from "./use-triage.ts";

interface Props {
  /** One alert, or those that are selected. */
  alerts: AlertRow[];
}

/** Status and assignee of the alerts: what the card in Slack has, here for one or many. */
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
      <AssigneePicker
        alerts={alerts}
        onChoose={(assignee) => triage({ alerts, change: { assignee } })}
        busy={isPending}
      />
      {closing ? (
        <CommentDialog
          status={closing}
          what={single ? `#${single.number}` : `${alerts.length} alerts`}
          onClose={() => setClosing(undefined)}
          onSubmit={(comment) => {
            setClosing(undefined);
            triage({ alerts, change: { status: closing, comment } });
          }}
        />
      ) : null}
    </Group>
  );
}
