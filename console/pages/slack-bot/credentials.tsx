import { Button, Text } from "@mantine/core";
import type { SlackAppBody, SlackChecked } from "../../../src/connect/contract.ts";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { FormFault } from "../../forms/form-fault.tsx";
import { useChange } from "../../forms/use-change.ts";
import type { FormFields } from "../../forms/use-fields.ts";
import { Verdict } from "../destinations/fields/slack-check.tsx";
import { SecretField } from "../slack-app/secret-field.tsx";
import { credentialsOf, type FormValues } from "./form-values.ts";
import { leftFrom } from "./setup-progress.ts";

type Name = keyof SlackAppBody["secretsSet"];

const places: Record<Name, { label: string; where: string }> = {
  clientId: { label: "Client ID", where: "Basic Information > App Credentials" },
  clientSecret: { label: "Client Secret", where: "Basic Information > App Credentials > Show" },
  signingSecret: { label: "Signing Secret", where: "Basic Information > App Credentials > Show" },
  botToken: {
    label: "Bot OAuth Token",
    where: "OAuth & Permissions > Bot User OAuth Token, which begins with xoxb-",
  },
  appToken: {
    label: "App-Level Token",
    where: "Basic Information > App-Level Tokens, with connections:write; it begins with xapp-",
  },
};
const always: Name[] = ["clientId", "clientSecret", "signingSecret", "botToken"];

interface Props {
  mode: "http" | "socket";
  set: SlackAppBody["secretsSet"];
  fields: FormFields<FormValues>;
  /** What Slack says of them. */
  verdicts: SlackChecked["fields"];
}

/** The app's values, each with where it stands in Slack. What is set is kept while its field is empty. */
export function Credentials({ mode, set, fields, verdicts }: Props) {
  const names: Name[] = mode === "socket" ? [...always, "appToken"] : always;
  return names.map((name) => (
    <div key={name}>
      <SecretField
        label={places[name].label}
        where={places[name].where}
        set={set[name]}
        type={name === "clientId" ? "text" : "password"}
        {...fields.text(name)}
      />
      <Verdict verdict={fields.errorAt(name) ? undefined : verdicts[name]} />
    </div>
  ));
}

interface InstallProps {
  app: SlackAppBody;
  settings: ManifestSettings;
  values: FormValues;
}

/** The other way to a bot token: Slack hands it over. The app's own credentials are saved before one leaves. */
export function InstallInstead({ app, settings, values }: InstallProps) {
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
