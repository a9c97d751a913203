import { Checkbox, Input, Select, TextInput } from "@mantine/core";
import type { Severity } from "../../../../src/alert/alert.ts";
import { severityLabels } from "../../../../src/alert/alert.ts";
import type { SlackBotBody } from "../../../../src/deliver/slack-bot/contract.ts";
import css from "../../../forms/forms.module.css";
import { delayOptions } from "./delays.ts";

type Mentions = SlackBotBody["mentions"];
type Reminders = SlackBotBody["reminders"];

interface Props {
  /** The severities that the destination gets. */
  severities: Severity[];
  mentions: Mentions;
  reminders: Reminders;
  error: string | undefined;
  onMentions: (mentions: Mentions) => void;
  onReminders: (reminders: Reminders) => void;
}

/** Mentions and reminders by severity. INFO has none, since it needs no action. */
export function MentionsAndReminders({
  severities,
  mentions,
  reminders,
  error,
  onMentions,
  onReminders,
}: Props) {
  const shown = severities.filter((severity) => severity !== "INFO");
  return (
    <fieldset className={css.group}>
      <legend>Mentions and reminders</legend>
      <Input.Description>
        New cards can mention people. While an alert is open and unassigned, Tocsin can post reminders in its
        thread.
      </Input.Description>
      {shown.map((severity) => (
        <div key={severity} className={css.mentionRow}>
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

const mentionOptions = [
  { value: "nobody", label: "Mention nobody" },
  { value: "here", label: "Mention @here" },
  { value: "group", label: "Mention a user group" },
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
    <div className={css.mentionFields}>
      <Select
        aria-label={`${name}: mention`}
        data={mentionOptions}
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
  return (
    <div className={css.mentionFields}>
      <Select
        aria-label={`${name}: reminder`}
        {...delayOptions({
          none: "No reminder",
          verb: "Remind",
          minutes: value?.afterMinutes,
          onChange: (afterMinutes) =>
            onChange(
              afterMinutes === undefined ? undefined : { afterMinutes, repeat: value?.repeat ?? false },
            ),
        })}
      />
      {value ? (
        <Checkbox
          size="xs"
          label={`Repeat the reminder (${name})`}
          checked={value.repeat}
          onChange={(event) => onChange({ ...value, repeat: event.currentTarget.checked })}
        />
      ) : null}
    </div>
  );
}
