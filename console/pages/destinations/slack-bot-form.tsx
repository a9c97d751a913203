import { Switch, TextInput } from "@mantine/core";
import { severityLabels } from "../../../src/alert/alert.ts";
import type { SlackBotBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { keysOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";
import { TakesFields } from "./fields/alert-filter.tsx";
import { ChannelField } from "./fields/channel.tsx";
import { LinkButtons } from "./fields/link-buttons.tsx";
import { BeingHeard } from "./fields/mentions-and-reminders.tsx";
import { ConfirmChannel, useCheck, useConfirmed } from "./fields/slack-check.tsx";

interface Props {
  edited: SlackBotBody;
  onClose: () => void;
}

/** Changes a Slack Bot destination. */
export function DestinationForm({ edited, onClose }: Props) {
  const was = initial(edited);
  const save = useChange({
    change: ({ channel, ...values }: ReturnType<typeof initial> & { confirmChannel: boolean }) =>
      setupApi.changeDestination(edited.id, channel === was.channel ? values : { ...values, channel }),
    refresh: "destinations",
    failed: "in the form",
    onDone: onClose,
  });
  const fields = useFields(was, save.error);
  const { channel } = fields.values;
  const teamId = edited.teamId ?? "";
  // Of the channel where it is already nothing is asked.
  const { checked, pending } = useCheck(channel === was.channel ? {} : { channel, teamId });
  const confirm = useConfirmed(checked);
  return (
    <FormDialog
      title={`Edit ${edited.displayName}`}
      action="Save"
      busy={save.isPending || (pending && channel !== was.channel)}
      fault={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate({ ...fields.values, confirmChannel: confirm.confirmed })}
      onClose={onClose}
    >
      <TextInput
        label="Display Name"
        description="The destination's name in Tocsin; the bot's name in Slack is another."
        required
        maxLength={100}
        data-autofocus
        {...fields.text("displayName")}
      />
      <ChannelField
        {...fields.choice("channel")}
        teamId={teamId}
        onlyId={edited.teamId === null}
        installed
        verdict={checked.fields.channel}
      />
      <ConfirmChannel {...confirm} />
      <TakesFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneOf="Of the times on its cards."
      />
      <Switch
        label="Sync to Slack"
        description="Status, assignee and comments of the Console and the API edit the card and reply in its thread."
        checked={fields.values.syncToSlack}
        onChange={(event) => fields.set("syncToSlack", event.currentTarget.checked)}
      />
      <BeingHeard
        severities={keysOf(severityLabels).filter((severity) => fields.values.severities.includes(severity))}
        mentions={fields.values.mentions}
        reminders={fields.values.reminders}
        error={fields.errorAt("mentions") ?? fields.errorAt("reminders")}
        onMentions={(mentions) => fields.set("mentions", mentions)}
        onReminders={(reminders) => fields.set("reminders", reminders)}
      />
      <LinkButtons
        value={fields.values.linkButtons}
        errors={fields.errorsIn("linkButtons")}
        onChange={(buttons) => fields.set("linkButtons", buttons)}
      />
    </FormDialog>
  );
}

function initial(edited: SlackBotBody) {
  const { displayName, channel, teamId, severities, alertTypes, logTypes, timezone } = edited;
  const { syncToSlack, mentions, reminders, linkButtons } = edited;
  const takes = { severities, alertTypes, logTypes, timezone };
  return {
    displayName,
    channel: teamId === null ? channel.id : `#${channel.name}`,
    ...takes,
    syncToSlack,
    mentions,
    reminders,
    linkButtons,
  };
}
