import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect } from "react";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { FormFault } from "../../forms/form-fault.tsx";
import forms from "../../forms/forms.module.css";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";
import { ChannelField } from "../destinations/fields/channel.tsx";
import { ConfirmChannel, useCheck, useConfirmed } from "../destinations/fields/slack-check.tsx";
import { Returned } from "../slack-app/confirm-install.tsx";
import { Credentials, InstallInstead } from "./credentials.tsx";
import { DestinationFields } from "./destination-fields.tsx";
import { credentialsOf, destinationOf, draft, type FormValues, formValues } from "./form-values.ts";
import { whereLeft } from "./setup-progress.ts";
import css from "./wizard.module.css";
import { Wizard } from "./wizard.tsx";

/** The second step: the app's credentials, and what the destination takes. */
export function FormStep() {
  const app = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const manifest = useQuery({ queryKey: ["slack-manifest", {}], queryFn: () => setupApi.manifest({}) });
  return (
    <Wizard
      step="form"
      about="Tocsin asks Slack about each value. From Add Destination on it takes alerts; they wait until the bot is in the channel."
    >
      <Returned at="/configure/destinations/new/slack-bot/form" />
      <Loaded query={app} what="Slack app">
        {(slackApp) => (
          <Loaded query={manifest} what="manifest">
            {({ settings }) => <ApplicationForm app={slackApp} settings={settings} />}
          </Loaded>
        )}
      </Loaded>
    </Wizard>
  );
}

interface Props {
  app: SlackAppBody;
  settings: ManifestSettings;
}

/** The destination with the app's credentials, in one form; what is typed stays when one leaves and comes back. */
export function ApplicationForm({ app, settings }: Props) {
  const go = useNavigate();
  const save = useChange({
    change: (values: FormValues & { confirmChannel: boolean }) => addDestination({ app, settings }, values),
    refresh: "destinations",
    failed: "in the form",
    onDone: ({ id }) => {
      draft.forget();
      whereLeft.forget();
      void go({ to: "/configure/destinations/new/slack-bot/finish", search: { destination: id } });
    },
  });
  const fields = useFields(formValues(draft.read()), save.error);
  const { values } = fields;
  const { channel, teamId } = values;
  const { checked, pending } = useCheck({ ...credentialsOf(values), channel, teamId });
  const confirm = useConfirmed(checked);
  const added = save.isSuccess;
  useEffect(() => {
    if (!added) draft.keep(destinationOf(values));
  }, [values, added]);
  const workspaces = app.installations.flatMap(({ team }) => team ?? []);
  const organisation = app.installations.some(({ team }) => team === null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...values, confirmChannel: confirm.confirmed });
  };
  return (
    <form className={`${css.panel} ${forms.form}`} onSubmit={submit} aria-label="Slack Bot">
      <FormFault fault={save.error} fields={Object.keys(values)} />
      <TextInput
        label="Display Name"
        description="The destination's name in Tocsin; the bot's name in Slack is another."
        required
        maxLength={100}
        {...fields.text("displayName")}
      />
      <ChannelField
        {...fields.choice("channel")}
        teamId={values.teamId}
        onlyId={settings.orgWide || organisation}
        installed={app.installations.length > 0}
        verdict={checked.fields.channel}
      />
      <ConfirmChannel {...confirm} />
      {workspaces.length > 1 ? (
        <Select
          label="Workspace"
          data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
          {...fields.pick("teamId")}
        />
      ) : null}
      <Credentials mode={settings.mode} set={app.secretsSet} fields={fields} verdicts={checked.fields} />
      {app.secretsSet.botToken ? null : <InstallInstead app={app} settings={settings} values={values} />}
      <DestinationFields fields={fields} />
      <div className={css.end}>
        <Button component={Link} to="/configure/destinations/new/slack-bot/app" variant="default">
          Back
        </Button>
        <Button type="submit" loading={save.isPending || (pending && values.channel.trim() !== "")}>
          Add Destination
        </Button>
      </div>
    </form>
  );
}

interface Known {
  app: SlackAppBody;
  settings: ManifestSettings;
}

/** Sets the app up with what was typed of it, if anything was, and then adds the destination. */
export async function addDestination(
  { app, settings }: Known,
  values: FormValues & { confirmChannel: boolean },
) {
  const credentials = credentialsOf(values);
  if (app.mode === null || Object.keys(credentials).length > 0) {
    const { mode, threadMirror } = settings;
    await setupApi.changeSlackApp({ mode, threadMirror, ...credentials });
  }
  return setupApi.addDestination({ ...destinationOf(values), confirmChannel: values.confirmChannel });
}
