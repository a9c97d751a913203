import { Switch } from "@mantine/core";
import { BeingHeard } from "../destinations/fields/mentions-and-reminders.tsx";
import { LinkButtons } from "../destinations/fields/link-buttons.tsx";
import { TakesFields } from "../destinations/fields/alert-filter.tsx";
import { keysOf } from "../../forms/choices.ts";
import { severityWords } from "../../words.ts";
import type { FormFields } from "../../slack-bot/form/form-fields.ts";
import type { FormValues } from "./form-values.ts";
import { OverlapWarning } from "../../slack-bot/form/overlap-warning.tsx";

/** Which alerts the destination takes, and how it shows them. */
export function DestinationFields({ fields }: { fields: FormFields<FormValues> }) {
  const { values } = fields;
  return (
    <>
      <TakesFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneOf="Of the times on its cards."
      />
      <OverlapWarning values={values} />
      <Switch
        label="Sync to Slack"
        description="What people change in Tocsin (status, assignee, comments) edits the card and replies in its thread."
        checked={values.syncToSlack}
        onChange={(event) => fields.set("syncToSlack", event.currentTarget.checked)}
      />
      <BeingHeard
        severities={keysOf(severityWords).filter((severity) => values.severities.includes(severity))}
        mentions={values.mentions}
        reminders={values.reminders}
        error={fields.errorAt("mentions") ?? fields.errorAt("reminders")}
        onMentions={(mentions) => fields.set("mentions", mentions)}
        onReminders={(reminders) => fields.set("reminders", reminders)}
      />
      <LinkButtons
        value={values.linkButtons}
        errors={fields.errorsIn("linkButtons")}
        onChange={(buttons) => fields.set("linkButtons", buttons)}
      />
    </>
  );
}
