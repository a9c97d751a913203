import { Select, TagsInput } from "@mantine/core";
import type { AlertType, Severity } from "../../../../src/alert/alert.ts";
import { alertTypeLabels, severityLabels } from "../../../../src/alert/alert.ts";
import { CheckGroup } from "../../../forms/check-group.tsx";

interface Choice<T> {
  value: T;
  error: string | undefined;
  onChange: (value: T) => void;
}

interface Props {
  severities: Choice<Severity[]>;
  alertTypes: Choice<AlertType[]>;
  logTypes: Choice<string[]>;
  timezone: Omit<Choice<string>, "onChange"> & { onChange: (value: string | null) => void };
  /** What the timezone is used for; null if the destination needs none. */
  timezoneHint: string | null;
}

/** The fields of every destination form that filter its alerts. */
export function AlertFilterFields({ severities, alertTypes, logTypes, timezone, timezoneHint }: Props) {
  return (
    <>
      <CheckGroup label="Severity" options={severityLabels} {...severities} />
      <CheckGroup label="Alert Types" options={alertTypeLabels} {...alertTypes} />
      <TagsInput
        label="Log Types"
        description="Leave empty for all log types. Otherwise an alert must have at least one of these."
        placeholder={logTypes.value.length > 0 ? undefined : "All log types"}
        {...logTypes}
      />
      {timezoneHint === null ? null : (
        <Select
          label="Timezone"
          description={timezoneHint}
          data={timezones(timezone.value)}
          searchable
          required
          allowDeselect={false}
          limit={100}
          {...timezone}
        />
      )}
    </>
  );
}

/** `supportedValuesOf` leaves out some valid names, such as "UTC". */
function timezones(chosen: string): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), chosen])];
}
