import { Switch } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { severityLabels } from "../../../src/alert/alert.ts";
import { setupApi } from "../../api/setup.ts";
import { keysOf } from "../../forms/choices.ts";
import type { FormFields } from "../../forms/use-fields.ts";
import { AlertFilterFields } from "../destinations/fields/alert-filter.tsx";
import { LinkButtons } from "../destinations/fields/link-buttons.tsx";
import { MentionsAndReminders } from "../destinations/fields/mentions-and-reminders.tsx";
import type { FormValues } from "./form-values.ts";
import css from "./wizard.module.css";

/** Which alerts the destination gets, and how it shows them. */
export function DestinationFields({ fields }: { fields: FormFields<FormValues> }) {
  const { values } = fields;
  return (
    <>
      <AlertFilterFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneHint="Used for times in this destination's messages."
      />
      <OverlapWarning values={values} />
      <Switch
        label="Sync to Slack"
        description="Changes made in Tocsin (status, assignee, comments) update the card and post a reply in its thread."
        checked={values.syncToSlack}
        onChange={(event) => fields.set("syncToSlack", event.currentTarget.checked)}
      />
      <MentionsAndReminders
        severities={keysOf(severityLabels).filter((severity) => values.severities.includes(severity))}
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

/** How long changes must pause before the server is asked. */
const debounceMs = 400;

/** Warns of other destinations that would get some of the same alerts, which people then see twice. */
function OverlapWarning({ values }: { values: FormValues }) {
  const { severities, alertTypes, logTypes, channel } = values;
  const [filter] = useDebouncedValue({ severities, alertTypes, logTypes, channel }, debounceMs);
  const query = useQuery({
    queryKey: ["destinations", "overlap", filter],
    queryFn: () => setupApi.overlap(filter),
    placeholderData: keepPreviousData,
  });
  const others = query.data?.results ?? [];
  if (others.length === 0) return null;
  return (
    <div className={css.note} data-tone="warn" role="status">
      Some alerts would go to several channels. People can triage them in any of these; all cards stay in
      sync.
      <ul>
        {others.map(({ id, displayName, alerts }) => (
          <li key={id}>
            <strong className="wrap">{displayName}</strong>: {describeCount(alerts)} in the last 7 days
          </li>
        ))}
      </ul>
    </div>
  );
}

function describeCount(alerts: number): string {
  if (alerts === 0) return "no alerts";
  return alerts === 1 ? "1 alert" : `${alerts} alerts`;
}
