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
  /** What the timezone is for. */
  timezoneOf: string;
}

/** The part of every destination's form that says which alerts it takes. */
export function TakesFields({ severities, alertTypes, logTypes, timezone, timezoneOf }: Props) {
  return (
    <>
      <CheckGroup label="Severity" words={severityLabels} {...severities} />
      <CheckGroup label="Alert Types" words={alertTypeLabels} {...alertTypes} />
      <TagsInput
        label="Log Types"
        description="None: all. Else an alert needs one of them. Press Enter after each."
        placeholder={logTypes.value.length > 0 ? undefined : "All log types"}
        {...logTypes}
      />
      <Select
        label="Timezone"
        description={timezoneOf}
        data={timezones(timezone.value)}
        searchable
        required
        allowDeselect={false}
        limit={100}
        {...timezone}
      />
    </>
  );
}

/** Browsers leave some names out that they know, "UTC" for one. */
function timezones(chosen: string): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), chosen])];
}
