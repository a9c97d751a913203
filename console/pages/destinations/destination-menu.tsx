import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Icon } from "../../components/icon.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useChange } from "../../forms/use-change.ts";
import { placeOf } from "./channel-or-host.ts";

export function DestinationMenu({
  destination,
  onEdit,
}: {
  destination: DestinationBody;
  onEdit: () => void;
}) {
  const { id, displayName, state, waiting } = destination;
  const disabled = state.kind === "disabled";
  const isWebhook = destination.type === "custom-webhook";
  const [deleting, setDeleting] = useState(false);
  const toggle = useChange({
    change: () => setupApi.changeDestination(id, { enabled: disabled }),
    refresh: "destinations",
    done: disabled ? `${displayName} takes alerts again.` : `${displayName} is disabled. What waits is held.`,
    failed: "Nothing was changed.",
  });
  const welcome = useChange({
    change: () => setupApi.welcome(id),
    refresh: "destinations",
    done: isWebhook
      ? `${placeOf(destination)} has taken the test event.`
      : `A welcome message is on its way to ${placeOf(destination)}.`,
    failed: isWebhook ? "The test event was not taken." : "No welcome message was sent.",
  });
  const test = useChange({
    change: () => setupApi.testAlert(id),
    refresh: "destinations",
    done: `A test alert is on its way to ${placeOf(destination)}.`,
    failed: "No test alert was sent.",
  });
  const remove = useChange({
    change: () => setupApi.deleteDestination(id),
    refresh: "destinations",
    done: `${displayName} is deleted.`,
    failed: "Nothing was deleted.",
  });
  return (
    <>
      <Menu position="bottom-end" width={220} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${displayName}`}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>Edit</Menu.Item>
          <Menu.Item onClick={() => test.mutate(undefined)} disabled={disabled}>
            Send Test Alert
          </Menu.Item>
          <Menu.Item onClick={() => welcome.mutate(undefined)} disabled={disabled}>
            {isWebhook ? "Send Test Event" : "Send Welcome Message"}
          </Menu.Item>
          <Menu.Item onClick={() => toggle.mutate(undefined)}>{disabled ? "Enable" : "Disable"}</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setDeleting(true)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deleting ? (
        <ConfirmDelete
          name={displayName}
          action="Delete"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setDeleting(false)}
        >
          {`${sayWaiting(waiting)} Its cards in Slack stay as they are now, and the alerts themselves stay.`}
        </ConfirmDelete>
      ) : null}
    </>
  );
}

function sayWaiting(waiting: number): string {
  if (waiting === 0) return "Nothing waits for it.";
  return waiting === 1
    ? "1 alert waits for it and will not be delivered there."
    : `${waiting} alerts wait for it and will not be delivered there.`;
}
