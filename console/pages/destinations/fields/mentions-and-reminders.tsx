import { Checkbox, Input, Select, TextInput } from "@mantine/core";
import type { Severity } from "../../../../src/alert/alert.ts";
import { severityLabels } from "../../../../src/alert/alert.ts";
import type { SlackBotBody } from "../../../../src/deliver/contract.ts";
import css from "../../../forms/forms.module.css";

type Mentions = SlackBotBody["mentions"];
type Reminders = SlackBotBody["reminders"];

interface Props {
  /** Those that the destination takes. */
  severities: Severity[];
  mentions: Mentions;
  reminders: Reminders;
  error: string | undefined;
  onMentions: (mentions: Mentions) => void;
  onReminders: (reminders: Reminders) => void;
}

/** Whom new cards call and when threads remind, a row for each severity that somebody has to look at. */
export function BeingHeard({ severities, mentions, reminders, error, onMentions, onReminders }: Props) {
  const shown = severities.filter((severity) => severity !== "INFO");
  return (
    <fieldset className={css.group}>
      <legend>Being heard</legend>
      <Input.Description>
        New cards may call people. While an alert is open and nobody has it, its thread may remind.
      </Input.Description>
      {shown.map((severity) => (
        <div key={severity} className={css.heard}>
          <span>{severityLabels[severity]}</span>
          <MentionFields
            severity={severity}
            value={mentions[severity]}
            onChange={(mention) => onMentions({ ...mentions, [severity]: mention })}
          />
          <ReminderFields
            severity={severity}
            value={reminders[severity]}
            onChange={(reminder) => onReminders({ ...reminders, [severity]: reminder })}
          />
        </div>
      ))}
      {error ? <Input.Error role="alert">{error}</Input.Error> : null}
    </fieldset>
  );
}

const whom = [
  { value: "nobody", label: "Calls nobody" },
  { value: "here", label: "Calls @here" },
  { value: "group", label: "Calls a user group" },
];

interface Field<T> {
  severity: Severity;
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}

function MentionFields({ severity, value, onChange }: Field<NonNullable<Mentions[Severity]>>) {
  const name = severityLabels[severity];
  const choose = (kind: string | null) => {
    if (kind === "group") onChange({ kind, id: "", name: "" });
    else onChange(kind === "here" ? { kind } : undefined);
  };
  return (
    <div className={css.heardFields}>
      <Select
        aria-label={`${name}: whom its new cards call`}
        data={whom}
        value={value?.kind ?? "nobody"}
        onChange={choose}
        allowDeselect={false}
      />
      {value?.kind === "group" ? (
        <>
          <TextInput
            label="Group ID"
            description="In Slack: People > User groups > the group > ⋯ > Copy group ID."
            placeholder="S0123ABCD"
            required
            value={value.id}
            onChange={(event) => onChange({ ...value, id: event.currentTarget.value.trim() })}
          />
          <TextInput
            label="Group name"
            placeholder="On call"
            required
            maxLength={80}
            value={value.name}
            onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
          />
        </>
      ) : null}
    </div>
  );
}

function ReminderFields({ severity, value, onChange }: Field<NonNullable<Reminders[Severity]>>) {
  const name = severityLabels[severity];
  const times = Object.entries<string>(reminderTimes).map(([minutes, words]) => ({
    value: minutes,
    label: `Reminds ${words}`,
  }));
  const chosen = value ? String(value.afterMinutes) : "never";
  const own =
    value && !(chosen in reminderTimes) ? [{ value: chosen, label: `Reminds after ${chosen} minutes` }] : [];
  return (
    <div className={css.heardFields}>
      <Select
        aria-label={`${name}: when its threads remind`}
        data={[{ value: "never", label: "Never reminds" }, ...own, ...times]}
        value={chosen}
        onChange={(minutes) =>
          onChange(
            minutes === null || minutes === "never"
              ? undefined
              : { afterMinutes: Number(minutes), repeat: value?.repeat ?? false },
          )
        }
        allowDeselect={false}
      />
      {value ? (
        <Checkbox
          size="xs"
          label={`Again and again (${name})`}
          checked={value.repeat}
          onChange={(event) => onChange({ ...value, repeat: event.currentTarget.checked })}
        />
      ) : null}
    </div>
  );
}

/** The times after which a thread may remind, in minutes. */
const reminderTimes = {
  "5": "after 5 minutes",
  "15": "after 15 minutes",
  "30": "after 30 minutes",
  "60": "after 1 hour",
  "240": "after 4 hours",
  "1440": "after 1 day",
} as const;
