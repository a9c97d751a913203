import { Button, Select, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect } from "react";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import type { ManifestSettings } from "../../api/setup.ts";
import { FormFault } from "../../forms/form-fault.tsx";
import forms from "../../forms/forms.module.css";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";
import { whereLeft } from "../where-left.ts";
import css from "../../pages/slack-bot/wizard.module.css";
import { addDestination } from "./add-destination.ts";
import { ChannelField } from "../../pages/destinations/fields/channel.tsx";
import { ConfirmChannel } from "./channel/confirm-channel.tsx";
import { useConfirmed } from "./channel/use-confirmed.ts";
import { Credentials } from "../../pages/slack-bot/credentials.tsx";
import { DestinationFields } from "../../pages/slack-bot/destination-fields.tsx";
import { draft } from "./draft.ts";
import { credentialsOf, destinationOf, type FormValues, formValues } from "../../pages/slack-bot/form-values.ts";
import { InstallInstead } from "./install-instead.tsx";
import { useCheck } from "../../pages/destinations/fields/slack-check.tsx";

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
