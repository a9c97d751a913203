import { Button, Text } from "@mantine/core";
import type { SlackAppBody, SlackChecked } from "../../../src/connect/contract.ts";
import { basePath } from "../../api/base-path.ts";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import type { FormFields } from "../../forms/use-fields.ts";
import { CheckResult } from "../destinations/fields/slack-check.tsx";
import { SecretField } from "../slack-app/secret-field.tsx";
import { credentialsOf, type FormValues } from "./form-values.ts";
import { installOrigin } from "./setup-progress.ts";

type Name = keyof SlackAppBody["secretsSet"];

const credentialFields: Record<Name, { label: string; where: string }> = {
  clientId: { label: "Client ID", where: "Basic Information > App Credentials" },
  clientSecret: { label: "Client Secret", where: "Basic Information > App Credentials > Show" },
  signingSecret: { label: "Signing Secret", where: "Basic Information > App Credentials > Show" },
  botToken: {
    label: "Bot OAuth Token",
    where: "OAuth & Permissions > Bot User OAuth Token (starts with xoxb-)",
  },
  appToken: {
    label: "App-Level Token",
    where: "Basic Information > App-Level Tokens, with the scope connections:write (starts with xapp-)",
  },
};
const httpFields: Name[] = ["clientId", "clientSecret", "signingSecret", "botToken"];

/** What an app can't be saved without. Installing with OAuth needs the others instead of the bot token. */
const needed: Record<"http" | "socket", Name[]> = {
  http: ["signingSecret", "botToken"],
  socket: ["botToken", "appToken"],
};

interface Props {
  mode: "http" | "socket";
  set: SlackAppBody["secretsSet"];
  fields: FormFields<FormValues>;
  /** The results of checking them with Slack. */
  checks: SlackChecked["fields"];
}

/** The app's credentials, each with where to find it in Slack. An empty field keeps the stored value. */
export function Credentials({ mode, set, fields, checks }: Props) {
  const names: Name[] = mode === "socket" ? [...httpFields, "appToken"] : httpFields;
  return names.map((name) => (
    <div key={name}>
      <SecretField
        label={credentialFields[name].label}
        where={credentialFields[name].where}
        set={set[name]}
        needed={needed[mode].includes(name)}
        type={name === "clientId" ? "text" : "password"}
        {...fields.text(name)}
      />
      <CheckResult check={fields.errorAt(name) ? undefined : checks[name]} />
    </div>
  ));
}

interface InstallProps {
  app: SlackAppBody;
  settings: ManifestSettings;
  values: FormValues;
}

/** Gets the bot token through OAuth instead. Saves the typed credentials before leaving for Slack. */
export function InstallWithOAuth({ app, settings, values }: InstallProps) {
  const { botToken: _, ...credentials } = credentialsOf(values);
  const { mode, threadMirror } = settings;
  const install = useApiMutation({
    mutationFn: () => setupApi.changeSlackApp({ mode, threadMirror, ...credentials }),
    invalidates: "slack-app",
    failure: "in the form",
    onSuccess: () => {
      installOrigin.setWizard();
      window.location.assign(`${basePath}/slack/install`);
    },
  });
  const isKnown = (name: "clientId" | "clientSecret") => credentials[name] || app.secretsSet[name];
  const ready = isKnown("clientId") && isKnown("clientSecret");
  return (
    <div>
      <FormError error={install.error} />
      <Button
        variant="default"
        size="compact-sm"
        disabled={!ready}
        loading={install.isPending || install.isSuccess}
        onClick={() => install.mutate(undefined)}
      >
        Install with OAuth
      </Button>{" "}
      <Text component="span" size="xs" c="dimmed">
        {ready
          ? "instead of pasting the token: choose the workspace in Slack, then come back here."
          : "instead of pasting the token. Enter the Client ID and Client Secret first."}
      </Text>
    </div>
  );
}
