import { Button, Checkbox, Radio, Stack, Switch, Text } from "@mantine/core";
import type { FormEvent } from "react";
import { slackTrust } from "../../../src/alert/permission.ts";
import type { SlackAppBody, SlackAppChange } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { type FormFields, useFields } from "../../forms/use-fields.ts";
import { usePermission } from "../../session/use-session.ts";
import { SecretField, SecretsNote } from "./secret-field.tsx";
import css from "./slack-app.module.css";

/** The app's mode and credentials. Stored secrets are never shown; an empty field keeps the stored value. */
export function SlackAppForm({ app }: { app: SlackAppBody }) {
  const save = useApiMutation({
    mutationFn: (values: Values) => setupApi.changeSlackApp(changeOf(values)),
    invalidates: "slack-app",
    success: "Saved. Slack accepted the credentials.",
    failure: "in the form",
    onSuccess: (_, sent) => fields.reset(sent, secrets),
  });
  const fields = useFields(initial(app), save.error);
  const { mode, threadMirror } = fields.values;
  const mayChangeSecrets = usePermission(...slackTrust);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(fields.values);
  };
  return (
    <section className={css.panel} aria-labelledby="credentials">
      <h2 id="credentials">Credentials</h2>
      <form className={forms.form} onSubmit={submit}>
        <FormError error={save.error} fields={Object.keys(fields.values)} />
        <Radio.Group
          label="How Slack reaches Tocsin"
          value={mode}
          onChange={(value) => fields.set("mode", value === "socket" ? "socket" : "http")}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="http" label="HTTP: Slack calls the request URL below" />
            <Radio value="socket" label="Socket Mode: Tocsin connects to Slack, no public URL needed" />
          </Stack>
        </Radio.Group>
        {mode === "http" ? (
          <div>
            <Text size="sm" mb="xs">
              Request URL, for Interactivity and Event Subscriptions
            </Text>
            <CopyBlock text={app.requestUrl} label="request URL" />
          </div>
        ) : null}
        {mayChangeSecrets ? (
          <Secrets app={app} fields={fields} />
        ) : (
          <SecretsNote
            app={app}
            possible="You can change the other settings here, and add destinations with the stored secrets."
          />
        )}
        <Switch
          label="Thread mirror"
          description="Replies in a card's thread become comments. Slack then sends Tocsin every message of every channel the bot is in; messages outside card threads are dropped before anything is logged or stored. Needs two more scopes and the message events in the app's manifest."
          checked={threadMirror}
          onChange={(event) => fields.set("threadMirror", event.currentTarget.checked)}
        />
        <div className={forms.actions}>
          <Button type="submit" loading={save.isPending}>
            Save and check with Slack
          </Button>
        </div>
      </form>
    </section>
  );
}

/** Stored secrets are never shown; an empty field keeps the stored value. */
function Secrets({ app, fields }: { app: SlackAppBody; fields: FormFields<Values> }) {
  const { mode, signingSecret, voidOldSecret } = fields.values;
  const isSet = app.secretsSet;
  return (
    <>
      <SecretField
        label="Bot OAuth Token"
        where="OAuth & Permissions > Bot User OAuth Token (starts with xoxb-)"
        set={isSet.botToken}
        needed
        {...fields.text("botToken")}
      />
      {mode === "http" ? (
        <SecretField
          label="Signing Secret"
          where="Basic Information > App Credentials"
          set={isSet.signingSecret}
          needed
          {...fields.text("signingSecret")}
        />
      ) : (
        <SecretField
          label="App-Level Token"
          where="Basic Information > App-Level Tokens (starts with xapp-)"
          set={isSet.appToken}
          needed
          {...fields.text("appToken")}
        />
      )}
      {mode === "http" && isSet.signingSecret && signingSecret.trim() !== "" ? (
        <Checkbox
          label="The old Signing Secret is void at once"
          description="Otherwise Tocsin accepts both until Slack uses the new one, for at most 24 hours. Void it if somebody who knows it should no longer be able to act in Slack."
          checked={voidOldSecret}
          onChange={(event) => fields.set("voidOldSecret", event.currentTarget.checked)}
        />
      ) : null}
      <SecretField
        label="Client ID"
        where="Basic Information > App Credentials"
        set={isSet.clientId}
        {...fields.text("clientId")}
      />
      <SecretField
        label="Client Secret"
        where="Basic Information > App Credentials"
        set={isSet.clientSecret}
        {...fields.text("clientSecret")}
      />
    </>
  );
}

const secrets = ["botToken", "signingSecret", "appToken", "clientId", "clientSecret"] as const;

function initial(app: SlackAppBody) {
  const mode: "http" | "socket" = app.mode ?? "http";
  return {
    mode,
    botToken: "",
    signingSecret: "",
    appToken: "",
    clientId: "",
    clientSecret: "",
    threadMirror: app.threadMirror,
    voidOldSecret: app.voidsOldSecret,
  };
}
type Values = ReturnType<typeof initial>;

/** Empty fields are left out, which keeps their stored values. */
function changeOf({ mode, threadMirror, voidOldSecret, ...texts }: Values): SlackAppChange {
  const filled = Object.entries(texts).filter(([, text]) => text.trim() !== "");
  const choice = texts.signingSecret.trim() === "" ? {} : { voidOldSecret };
  return { mode, threadMirror, ...choice, ...Object.fromEntries(filled) };
}
