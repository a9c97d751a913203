import { Switch } from "@mantine/core";
import type { SlackAppBody } from "../../src/connect/contract.ts";
import { setupApi } from "../api/setup.ts";
import { useChange } from "../forms/use-change.ts";
import { useMay } from "../session/use-session.ts";

/** Whether a workspace's e-mails say who acts; a decision about users. */
export function Trust({ installation }: { installation: SlackAppBody["installations"][number] }) {
  const mayChange = useMay("Manage Users");
  const { id, trusted } = installation;
  const change = useChange({
    change: setupApi.trustInstallation,
    refresh: "slack-app",
    failed: "Nothing was changed.",
  });
  return (
    <Switch
      mt="sm"
      label="Trust its e-mail addresses"
      description="Its members act in Tocsin as the user who has their address. Whoever runs the workspace can set addresses: trust only your own."
      checked={trusted}
      disabled={!mayChange || change.isPending}
      onChange={(event) => change.mutate({ id, trusted: event.currentTarget.checked })}
    />
  );
}
