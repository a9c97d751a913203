import { Input, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Severity } from "../../../../src/alert/alert.ts";
import { severityLabels } from "../../../../src/alert/alert.ts";
import type { DestinationBody } from "../../../../src/deliver/contract.ts";
import { setupApi } from "../../../api/setup.ts";
import { keysOf } from "../../../forms/choices.ts";
import css from "../../../forms/forms.module.css";
import { delayOptions } from "./delays.ts";

type Escalation = DestinationBody["escalation"];

interface Props {
  /** The destination that is edited; undefined for a new one. */
  edited: DestinationBody | undefined;
  /** The severities that the destination gets. */
  severities: Severity[];
  value: Escalation;
  error: string | undefined;
  onChange: (value: Escalation) => void;
}

const nowhere = "nowhere";

/** Where alerts also go on which nobody acts, and after how long. INFO needs no action. */
export function EscalationFields({ edited, severities, value, error, onChange }: Props) {
  const { data } = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const others = (data?.results ?? []).filter(({ id }) => id !== edited?.id);
  const shown = keysOf(severityLabels).filter(
    (severity) => severity !== "INFO" && severities.includes(severity),
  );
  const afterMinutes = value?.afterMinutes ?? { CRITICAL: 15 };
  return (
    <fieldset className={css.group}>
      <legend>Escalation</legend>
      <Input.Description>
        If nobody acts on an alert in time, it also goes to another destination. Any change, comment or
        Boomerang counts as an action.
      </Input.Description>
      <Select
        aria-label="Escalate to"
        mt="xs"
        data={[
          { value: nowhere, label: "Don’t escalate" },
          ...others.map(({ id, displayName }) => ({ value: id, label: `Escalate to ${displayName}` })),
        ]}
        value={value?.to ?? nowhere}
        onChange={(to) => onChange(to === null || to === nowhere ? null : { to, afterMinutes })}
        allowDeselect={false}
        error={error}
      />
      {value
        ? shown.map((severity) => (
            <div key={severity} className={css.mentionRow}>
              <span>{severityLabels[severity]}</span>
              <Select
                aria-label={`${severityLabels[severity]}: escalate`}
                {...delayOptions({
                  none: "Don’t escalate",
                  verb: "Escalate",
                  minutes: afterMinutes[severity],
                  onChange: (minutes) =>
                    onChange({ ...value, afterMinutes: { ...afterMinutes, [severity]: minutes } }),
                })}
              />
            </div>
          ))
        : null}
    </fieldset>
  );
}
