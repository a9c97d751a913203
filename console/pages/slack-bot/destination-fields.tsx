import { Switch } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { severityLabels } from "../../../src/alert/alert.ts";
import { setupApi } from "../../api/setup.ts";
import { keysOf } from "../../forms/choices.ts";
import type { FormFields } from "../../forms/use-fields.ts";
import { TakesFields } from "../destinations/fields/alert-filter.tsx";
import { LinkButtons } from "../destinations/fields/link-buttons.tsx";
import { BeingHeard } from "../destinations/fields/mentions-and-reminders.tsx";
import type { FormValues } from "./form-values.ts";
import css from "./wizard.module.css";

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

/** While somebody still chooses, nothing is asked. */
const restMs = 400;

/** Says which other destination would get some of the same alerts: they are then triaged in several places. */
function OverlapWarning({ values }: { values: FormValues }) {
  const { severities, alertTypes, logTypes, channel } = values;
  const [takes] = useDebouncedValue({ severities, alertTypes, logTypes, channel }, restMs);
  const query = useQuery({
    queryKey: ["destinations", "overlap", takes],
    queryFn: () => setupApi.overlap(takes),
    placeholderData: keepPreviousData,
  });
  const others = query.data?.results ?? [];
  if (others.length === 0) return null;
  return (
    <div className={css.note} data-tone="warn" role="status">
      Some alerts would go to several channels, and be triaged in each; all their cards stay in step.
      <ul>
        {others.map(({ id, displayName, alerts }) => (
          <li key={id}>
            <strong className="wrap">{displayName}</strong>: {sayCount(alerts)} of the last 7 days
          </li>
        ))}
      </ul>
    </div>
  );
}

function sayCount(alerts: number): string {
  if (alerts === 0) return "no alert";
  return alerts === 1 ? "1 alert" : `${alerts} alerts`;
}
