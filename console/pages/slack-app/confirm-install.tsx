import { Button, Group, Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SlackInstallBody } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";

/** Shown after an OAuth installation in Slack: asks to confirm the workspace, or says why it failed. */
export function InstallResult({
  page,
}: {
  page: "/configure/slack-app" | "/configure/destinations/new/slack-bot/form";
}) {
  const { install: id } = useSearch({ strict: false });
  const navigate = useNavigate();
  const close = () => void navigate({ to: page, search: {}, replace: true });
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
        <ConfirmInstall id={id} found={found} onClose={close} />
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

interface Props {
  id: string;
  found: NonNullable<SlackInstallBody["found"]>;
  onClose: () => void;
}

function ConfirmInstall({ id, found, onClose }: Props) {
  const { team, url, organisation, missingScopes, known } = found;
  const confirm = useApiMutation({
    mutationFn: () => setupApi.confirmInstall(id),
    invalidates: "slack-app",
    success: `Tocsin is installed in ${team}.`,
    failure: "in the form",
    onSuccess: onClose,
  });
  return (
    <>
      <FormError error={confirm.error} fields={[]} />
      <Text size="sm">
        Slack installed the app in {organisation ? "the organisation" : "the workspace"}{" "}
        <strong>{team}</strong> ({new URL(url).host}).{" "}
        {known ? "Tocsin already knows it and will use the new token." : null} Nothing is stored until you
        confirm that it is yours.
      </Text>
      {missingScopes.length > 0 ? (
        <Text size="sm" mt="sm">
          Scopes not granted: {missingScopes.join(", ")}. The Slack app page lists missing scopes.
        </Text>
      ) : null}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>
          Use {team}
        </Button>
      </Group>
    </>
  );
}
