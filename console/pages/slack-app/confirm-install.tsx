import { Button, Group, Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SlackInstallBody } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { FormFault } from "../../forms/form-fault.tsx";
import { useChange } from "../../forms/use-change.ts";

/** Somebody is back from Slack: shows which workspace it is and asks, or says why it came to nothing. */
export function Returned({
  at,
}: {
  at: "/configure/slack-app" | "/configure/destinations/new/slack-bot/form";
}) {
  const { install: id } = useSearch({ strict: false });
  const navigate = useNavigate();
  const close = () => void navigate({ to: at, search: {}, replace: true });
  const query = useQuery({
    queryKey: ["slack-install", id],
    queryFn: () => setupApi.slackInstall(id ?? ""),
    enabled: id !== undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (id === undefined || query.isPending) return null;
  const found = query.data?.found;
  return (
    <Modal
      opened
      onClose={close}
      title={found ? `Use ${found.team}?` : "Not installed"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {found ? (
        <Confirm id={id} found={found} close={close} />
      ) : (
        <>
          <Text size="sm">{query.data?.refusal ?? query.error?.message}</Text>
          <Group justify="flex-end" mt="lg">
            <Button onClick={close}>Close</Button>
          </Group>
        </>
      )}
    </Modal>
  );
}

interface Asked {
  id: string;
  found: NonNullable<SlackInstallBody["found"]>;
  close: () => void;
}

function Confirm({ id, found, close }: Asked) {
  const { team, url, organisation, missingScopes, known } = found;
  const confirm = useChange({
    change: () => setupApi.confirmInstall(id),
    refresh: "slack-app",
    done: `Tocsin is installed in ${team}.`,
    failed: "in the form",
    onDone: close,
  });
  return (
    <>
      <FormFault fault={confirm.error} fields={[]} />
      <Text size="sm">
        Slack installed the app in {organisation ? "the organisation" : "the workspace"}{" "}
        <strong>{team}</strong> ({new URL(url).host}).{" "}
        {known ? "Tocsin has it already, and takes the new token." : null} Nothing is stored until you confirm
        that it is yours.
      </Text>
      {missingScopes.length > 0 ? (
        <Text size="sm" mt="sm">
          It was not granted {missingScopes.join(", ")}; what that costs is shown afterwards.
        </Text>
      ) : null}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>
          Use {team}
        </Button>
      </Group>
    </>
  );
}
