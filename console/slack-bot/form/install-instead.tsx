import { Button, Text } from "@mantine/core";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { FormFault } from "../../forms/form-fault.tsx";
import { useChange } from "../../forms/use-change.ts";
import { leftFrom } from "../../slack-app/left-from.ts";
import { credentialsOf, type FormValues } from "../../pages/slack-bot/form-values.ts";

interface Props {
  app: SlackAppBody;
  settings: ManifestSettings;
  values: FormValues;
}

/** The other way to a bot token: Slack hands it over. The app's own credentials are saved before one leaves. */
export function InstallInstead({ app, settings, values }: Props) {
  const { botToken: _, ...credentials } = credentialsOf(values);
  const { mode, threadMirror } = settings;
  const leave = useChange({
    change: () => setupApi.changeSlackApp({ mode, threadMirror, ...credentials }),
    refresh: "slack-app",
    failed: "in the form",
    onDone: () => {
      leftFrom.setUp();
      window.location.assign("/slack/install");
    },
  });
  const has = (name: "clientId" | "clientSecret") => credentials[name] || app.secretsSet[name];
  const ready = has("clientId") && has("clientSecret");
  return (
    <div>
      <FormFault fault={leave.error} />
      <Button
        variant="default"
        size="compact-sm"
        disabled={!ready}
        loading={leave.isPending || leave.isSuccess}
        onClick={() => leave.mutate(undefined)}
      >
        Install with OAuth
      </Button>{" "}
      <Text component="span" size="xs" c="dimmed">
        {ready
          ? "instead of pasting the token: Slack asks where, and sends you back here."
          : "instead of pasting the token, once the Client ID and Client Secret are filled in."}
      </Text>
    </div>
  );
}
