import { Button, Radio, Stack, Switch, Text } from "@mantine/core";
import type { FormEvent } from "react";
import type { SlackAppBody, SlackAppChange } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyLine } from "../../components/copy.tsx";
import { FormFault } from "../../forms/form-fault.tsx";
import forms from "../../forms/forms.module.css";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";
import { SecretField } from "./secret-field.tsx";
import css from "./slack-app.module.css";

/** The app's mode and credentials. What is set is never shown again; an empty field keeps it. */
export function SlackAppForm({ app }: { app: SlackAppBody }) {
  const save = useChange({
    change: (values: Values) => setupApi.changeSlackApp(changeOf(values)),
    refresh: "slack-app",
    done: "Slack accepted the app.",
    failed: "in the form",
    onDone: () => secrets.forEach((name) => void fields.set(name, "")),
  });
  const fields = useFields(initial(app), save.error);
  const { mode, threadMirror } = fields.values;
  const isSet = app.secretsSet;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(fields.values);
  };
  return (
    <section className={css.panel} aria-labelledby="credentials">
      <h2 id="credentials">Credentials</h2>
      <form className={forms.form} onSubmit={submit}>
        <FormFault fault={save.error} fields={Object.keys(fields.values)} />
        <Radio.Group
          label="How Slack reaches Tocsin"
          value={mode}
          onChange={(value) => fields.set("mode", value === "socket" ? "socket" : "http")}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="http" label="HTTP: Slack calls this address" />
            <Radio value="socket" label="Socket Mode: Tocsin calls Slack, no public address is needed" />
          </Stack>
        </Radio.Group>
        {mode === "http" ? (
          <div>
            <Text size="sm" mb="xs">
              Request URL, for Interactivity and Event Subscriptions
            </Text>
            <CopyLine text={app.requestUrl} what="request URL" />
          </div>
        ) : null}
        <SecretField
          label="Bot OAuth Token"
          where="OAuth & Permissions, starts with xoxb-"
          set={isSet.botToken}
          {...fields.text("botToken")}
        />
        {mode === "http" ? (
          <SecretField
            label="Signing Secret"
            where="Basic Information, App Credentials"
            set={isSet.signingSecret}
            {...fields.text("signingSecret")}
          />
        ) : (
          <SecretField
            label="App-Level Token"
            where="Basic Information, App-Level Tokens, starts with xapp-"
            set={isSet.appToken}
            {...fields.text("appToken")}
          />
        )}
        <SecretField
          label="Client ID"
          where="Basic Information, App Credentials"
          set={isSet.clientId}
          {...fields.text("clientId")}
        />
        <SecretField
          label="Client Secret"
          where="Basic Information, App Credentials"
          set={isSet.clientSecret}
          {...fields.text("clientSecret")}
        />
        <Switch
          label="Thread mirror"
          description="What people write in a card's thread becomes a comment. Slack then sends Tocsin every message of every channel the bot is in; those outside cards' threads are dropped before anything is logged or stored. It needs two more scopes and events of messages in the app's manifest."
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
  };
}
type Values = ReturnType<typeof initial>;

/** What was left empty is left out, which keeps what is stored. */
function changeOf({ mode, threadMirror, ...texts }: Values): SlackAppChange {
  const filled = Object.entries(texts).filter(([, text]) => text.trim() !== "");
  return { mode, threadMirror, ...Object.fromEntries(filled) };
}
