import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect } from "react";
import { slackTrust } from "../../../src/alert/permission.ts";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { usePermission } from "../../session/use-session.ts";
import { ChannelField } from "../destinations/fields/channel.tsx";
import {
  ConfirmChannel,
  useChannelConfirmation,
  useSlackCheck,
} from "../destinations/fields/slack-check.tsx";
import { InstallResult } from "../slack-app/confirm-install.tsx";
import { SecretsNote } from "../slack-app/secret-field.tsx";
import { Credentials, InstallWithOAuth } from "./credentials.tsx";
import { DestinationFields } from "./destination-fields.tsx";
import { credentialsOf, destinationOf, draft, type FormValues, formValues } from "./form-values.ts";
import { savedStep } from "./setup-progress.ts";
import css from "./wizard.module.css";
import { Wizard } from "./wizard.tsx";

/** The second step: the app's credentials and the destination's settings. */
export function FormStep() {
  const app = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const manifest = useQuery({ queryKey: ["slack-manifest", {}], queryFn: () => setupApi.manifest({}) });
  return (
    <Wizard
      step="form"
      intro="Tocsin checks each value with Slack. After Add Destination, alerts are routed to it and wait until the bot is in the channel."
    >
      <InstallResult page="/configure/destinations/new/slack-bot/form" />
      <Loaded query={app} label="Slack app">
        {(slackApp) => (
          <Loaded query={manifest} label="manifest">
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

/** Destination and app credentials in one form. The destination's values survive leaving the page. */
export function ApplicationForm({ app, settings }: Props) {
  const navigate = useNavigate();
  const save = useApiMutation({
    mutationFn: (values: FormValues & { confirmChannel: boolean }) =>
      addDestination({ app, settings }, values),
    invalidates: "destinations",
    failure: "in the form",
    onSuccess: ({ id }) => {
      draft.clear();
      savedStep.clear();
      void navigate({ to: "/configure/destinations/new/slack-bot/finish", search: { destination: id } });
    },
  });
  const fields = useFields(formValues(draft.read()), save.error);
  const { values } = fields;
  const { channel, teamId } = values;
  const { checked, pending } = useSlackCheck({ ...credentialsOf(values), channel, teamId });
  const confirmation = useChannelConfirmation(checked);
  const added = save.isSuccess;
  const mayChangeSecrets = usePermission(...slackTrust);
  useEffect(() => {
    if (!added) draft.save(destinationOf(values));
  }, [values, added]);
  const workspaces = app.installations.flatMap(({ team }) => team ?? []);
  const hasOrganisation = app.installations.some(({ team }) => team === null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...values, confirmChannel: confirmation.confirmed });
  };
  return (
    <form className={`${css.panel} ${forms.form}`} onSubmit={submit} aria-label="Slack Bot">
      <FormError error={save.error} fields={Object.keys(values)} />
      <TextInput
        label="Display Name"
        description="How this destination is named in Tocsin. It doesn't change the bot's name in Slack."
        required
        maxLength={100}
        {...fields.text("displayName")}
      />
      <ChannelField
        {...fields.choice("channel")}
        teamId={values.teamId}
        idOnly={settings.orgWide || hasOrganisation}
        installed={app.installations.length > 0}
        check={checked.fields.channel}
      />
      <ConfirmChannel {...confirmation} />
      {workspaces.length > 1 ? (
        <Select
          label="Workspace"
          data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
          {...fields.pick("teamId")}
        />
      ) : null}
      {mayChangeSecrets ? (
        <>
          <Credentials mode={settings.mode} set={app.secretsSet} fields={fields} checks={checked.fields} />
          {app.secretsSet.botToken ? null : (
            <InstallWithOAuth app={app} settings={settings} values={values} />
          )}
        </>
      ) : (
        <SecretsNote app={app} possible={possibleWithoutSecrets(app)} />
      )}
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

function possibleWithoutSecrets({ installations }: SlackAppBody): string {
  return installations.length > 0
    ? "This destination uses the stored ones."
    : "The Slack app is not set up yet, so no destination can be added before somebody has entered them.";
}

interface Setup {
  app: SlackAppBody;
  settings: ManifestSettings;
}

/** Saves the app's credentials, if any were entered, and then adds the destination. */
export async function addDestination(
  { app, settings }: Setup,
  values: FormValues & { confirmChannel: boolean },
) {
  const credentials = credentialsOf(values);
  if (app.mode === null || Object.keys(credentials).length > 0) {
    const { mode, threadMirror } = settings;
    await setupApi.changeSlackApp({ mode, threadMirror, ...credentials });
  }
  return setupApi.addDestination({ ...destinationOf(values), confirmChannel: values.confirmChannel });
}
