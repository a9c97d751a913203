import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ActionsMenu } from "../../components/actions-menu.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useDestinationTypes } from "./destination-types.ts";

export function DestinationMenu({
  destination,
  onEdit,
}: {
  destination: DestinationBody;
  onEdit: () => void;
}) {
  const { id, displayName, place, state, waiting } = destination;
  const disabled = state.kind === "disabled";
  const types = useDestinationTypes();
  const greeting = types.find(({ type }) => type === destination.type)?.test;
  const [deleting, setDeleting] = useState(false);
  const toggle = useApiMutation({
    mutationFn: () => setupApi.changeDestination(id, { enabled: disabled }),
    invalidates: "destinations",
    success: disabled ? `${displayName} is enabled.` : `${displayName} is disabled. Waiting alerts are held.`,
    failure: "The destination was not changed.",
  });
  const welcome = useApiMutation({
    mutationFn: () => setupApi.welcome(id),
    invalidates: "destinations",
    success: greeting?.sent.replace("{place}", place) ?? "The test was sent.",
    failure: `${greeting?.failed ?? "The test was not sent"}.`,
  });
  const test = useApiMutation({
    mutationFn: () => setupApi.testAlert(id),
    invalidates: "destinations",
    success: `A test alert is being sent to ${place}.`,
    failure: "The test alert was not sent.",
  });
  const remove = useApiMutation({
    mutationFn: () => setupApi.deleteDestination(id),
    invalidates: "destinations",
    success: `${displayName} was deleted.`,
    failure: "The destination was not deleted.",
    onSuccess: () => void navigate({ to: "/configure/destinations" }),
  });
  const navigate = useNavigate();
  return (
    <>
      <ActionsMenu of={displayName} width={220}>
        <Menu.Item onClick={onEdit}>Edit</Menu.Item>
        <Menu.Item onClick={() => test.mutate(undefined)} disabled={disabled}>
          Send Test Alert
        </Menu.Item>
        <Menu.Item onClick={() => welcome.mutate(undefined)} disabled={disabled}>
          {greeting?.action ?? "Send Test"}
        </Menu.Item>
        <Menu.Item onClick={() => toggle.mutate(undefined)}>{disabled ? "Enable" : "Disable"}</Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" onClick={() => setDeleting(true)}>
          Delete
        </Menu.Item>
      </ActionsMenu>
      {deleting ? (
        <ConfirmDelete
          name={displayName}
          action="Delete"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setDeleting(false)}
        >
          {`${describeWaiting(waiting)} Messages that were sent stay as they are, and no alerts are deleted.`}
        </ConfirmDelete>
      ) : null}
    </>
  );
}

function describeWaiting(waiting: number): string {
  if (waiting === 0) return "No alerts are waiting for it.";
  return waiting === 1
    ? "1 alert is waiting for it and will not be delivered there."
    : `${waiting} alerts are waiting for it and will not be delivered there.`;
}
