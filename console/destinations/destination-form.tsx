import { Select, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AlertType } from "../../src/alert/alert-type.ts";
import type { Severity } from "../../src/alert/severity.ts";
import type { SlackBotBody } from "../../src/http/contract/destination.ts";
import { setupApi } from "../api/setup.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { useChange } from "../forms/use-change.ts";
import { useFields } from "../forms/use-fields.ts";
import { keysOf } from "../keys-of.ts";
import { severityWords, typeWords } from "../words.ts";
import { BeingHeard } from "./being-heard.tsx";
import { NoSlackApp } from "./no-slack-app.tsx";
import { TakesFields } from "./takes-fields.tsx";

interface Props {
  /** Undefined for a new one. */
  edited: SlackBotBody | undefined;
  onClose: () => void;
}

export function DestinationForm({ edited, onClose }: Props) {
  const slackApp = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const save = useChange({
    change: (values: ReturnType<typeof initial>) => store(edited?.id, values),
    refresh: "destinations",
    failed: "in the form",
    onDone: onClose,
  });
  const fields = useFields(initial(edited), save.error);
  const workspaces = (slackApp.data?.installations ?? []).flatMap(({ team }) => team ?? []);
  return (
    <FormDialog
      title={edited ? `Edit ${edited.displayName}` : "Create a Slack Bot destination"}
      action={edited ? "Save" : "Add Destination"}
      busy={save.isPending}
      fault={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      {slackApp.data?.installations.length === 0 ? <NoSlackApp /> : null}
      <TextInput
        label="Display Name"
        description="The destination's name in Tocsin; the bot's name in Slack is another."
        required
        maxLength={100}
        data-autofocus
        {...fields.text("displayName")}
      />
      <TextInput
        label="Channel"
        description="Its name, its ID (C…, at the end of “View channel details” in Slack) or a link to it."
        placeholder="#security"
        required
        {...fields.text("channel")}
      />
      {workspaces.length > 1 && !edited ? (
        <Select
          label="Workspace"
          data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
          {...fields.pick("teamId")}
        />
      ) : null}
      <TakesFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneOf="Of the times on its cards."
      />
      <Switch
        label="Show changes from Tocsin in Slack"
        description="Status, assignee and comments of the Console and the API edit the card and reply in its thread."
        checked={fields.values.syncToSlack}
        onChange={(event) => fields.set("syncToSlack", event.currentTarget.checked)}
      />
      <BeingHeard
        severities={keysOf(severityWords).filter((severity) => fields.values.severities.includes(severity))}
        mentions={fields.values.mentions}
        reminders={fields.values.reminders}
        error={fields.errorAt("mentions") ?? fields.errorAt("reminders")}
        onMentions={(mentions) => fields.set("mentions", mentions)}
        onReminders={(reminders) => fields.set("reminders", reminders)}
      />
    </FormDialog>
  );
}

function initial(edited: SlackBotBody | undefined) {
  const severities: Severity[] = edited?.severities ?? keysOf(severityWords);
  const alertTypes: AlertType[] = edited?.alertTypes ?? keysOf(typeWords);
  return {
    displayName: edited?.displayName ?? "",
    channel: edited ? `#${edited.channel.name}` : "",
    teamId: "",
    severities,
    alertTypes,
    logTypes: edited?.logTypes ?? [],
    timezone: edited?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    syncToSlack: edited?.syncToSlack ?? true,
    mentions: edited?.mentions ?? {},
    reminders: edited?.reminders ?? {},
  };
}

function store(id: string | undefined, { teamId, ...values }: ReturnType<typeof initial>) {
  if (id) return setupApi.changeDestination(id, values);
  return setupApi.addDestination({ type: "slack-bot", ...values, ...(teamId ? { teamId } : {}) });
}
