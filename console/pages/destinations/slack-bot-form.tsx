import { Switch, TextInput } from "@mantine/core";
import { severityLabels } from "../../../src/alert/alert.ts";
import type { SlackBotBody } from "../../../src/deliver/slack-bot/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { keysOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { AlertFilterFields } from "./fields/alert-filter.tsx";
import { ChannelField } from "./fields/channel.tsx";
import { EscalationFields } from "./fields/escalation.tsx";
import { LinkButtons } from "./fields/link-buttons.tsx";
import { MentionsAndReminders } from "./fields/mentions-and-reminders.tsx";
import { ConfirmChannel, useChannelConfirmation, useSlackCheck } from "./fields/slack-check.tsx";

interface Props {
  edited: SlackBotBody;
  onClose: () => void;
}

/** Edits a Slack Bot destination. */
export function SlackBotForm({ edited, onClose }: Props) {
  const saved = initial(edited);
  const save = useApiMutation({
    mutationFn: ({ channel, ...values }: ReturnType<typeof initial> & { confirmChannel: boolean }) =>
      setupApi.changeDestination(edited.id, channel === saved.channel ? values : { ...values, channel }),
    invalidates: "destinations",
    failure: "in the form",
    onSuccess: onClose,
  });
  const fields = useFields(saved, save.error);
  const { channel } = fields.values;
  const teamId = edited.teamId ?? "";
  // The current channel needs no check.
  const { checked, pending } = useSlackCheck(channel === saved.channel ? {} : { channel, teamId });
  const confirmation = useChannelConfirmation(checked);
  return (
    <FormDialog
      title={`Edit ${edited.displayName}`}
      action="Save"
      busy={save.isPending || (pending && channel !== saved.channel)}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate({ ...fields.values, confirmChannel: confirmation.confirmed })}
      onClose={onClose}
    >
      <TextInput
        label="Display Name"
        description="How this destination is named in Tocsin. It doesn't change the bot's name in Slack."
        required
        maxLength={100}
        data-autofocus
        {...fields.text("displayName")}
      />
      <ChannelField
        {...fields.choice("channel")}
        teamId={teamId}
        idOnly={edited.teamId === null}
        installed
        check={checked.fields.channel}
      />
      <ConfirmChannel {...confirmation} />
      <AlertFilterFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneHint="Used for times in this destination's messages."
      />
      <Switch
        label="Sync to Slack"
        description="Changes made in Tocsin (status, assignee, comments) update the card and post a reply in its thread."
        checked={fields.values.syncToSlack}
        onChange={(event) => fields.set("syncToSlack", event.currentTarget.checked)}
      />
      <MentionsAndReminders
        severities={keysOf(severityLabels).filter((severity) => fields.values.severities.includes(severity))}
        mentions={fields.values.mentions}
        reminders={fields.values.reminders}
        error={fields.errorAt("mentions") ?? fields.errorAt("reminders")}
        onMentions={(mentions) => fields.set("mentions", mentions)}
        onReminders={(reminders) => fields.set("reminders", reminders)}
      />
      <EscalationFields
        edited={edited}
        severities={fields.values.severities}
        {...fields.choice("escalation")}
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
  const { syncToSlack, mentions, reminders, escalation, linkButtons } = edited;
  const filter = { severities, alertTypes, logTypes, timezone };
  return {
    displayName,
    channel: teamId === null ? channel.id : `#${channel.name}`,
    ...filter,
    syncToSlack,
    mentions,
    reminders,
    escalation,
    linkButtons,
  };
}
