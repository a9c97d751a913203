import { Button, NumberInput, Stack, Switch, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { type KeepingName, keeping } from "../../../src/alert/keeping.ts";
import type { SettingsBody, SettingsChange } from "../../../src/triage/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useFields } from "../../forms/use-fields.ts";
import { QuietHoursForm } from "./quiet-hours-form.tsx";
import css from "./settings.module.css";
import { SignInForm } from "./sign-in-form.tsx";
import { TokenLifeForm } from "./token-life-form.tsx";
import { useSettingsChange } from "./use-settings-change.ts";

export function SettingsPage() {
  const query = useQuery({ queryKey: ["settings"], queryFn: setupApi.settings });
  return (
    <ConfigurePage title="Settings" intro="Rules that apply to everybody.">
      <Loaded query={query} label="settings">
        {(settings) => (
          <Stack gap="lg">
            <TriageForm settings={settings} />
            <QuietHoursForm quietHours={settings.quietHours} />
            <RetentionForm settings={settings} />
            <SignInForm requireSecondFactor={settings.requireSecondFactor} />
            <TokenLifeForm maxTokenDays={settings.maxTokenDays} />
          </Stack>
        )}
      </Loaded>
    </ConfigurePage>
  );
}

/** Sends only the settings that were changed. */
export function TriageForm({ settings }: { settings: SettingsBody }) {
  const save = useSettingsChange({ onSaved: (change) => fields.reset(change) });
  const restoreDefaults = useSettingsChange({
    success: "Default fields restored.",
    failure: "The default fields were not restored.",
    onSaved: () => fields.set("boomerangEmailFields", undefined),
  });
  const fields = useFields<SettingsChange>(unchanged, save.error);
  const { dispositionRequired, commentRequired, boomerangEmailFields } = fields.values;
  const names = boomerangEmailFields ?? settings.boomerangEmailFields;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(fields.values);
  };
  return (
    <section className={css.panel} aria-labelledby="triage">
      <h2 id="triage">Triage</h2>
      <form className={forms.form} onSubmit={submit}>
        <FormError error={save.error} fields={Object.keys(unchanged)} />
        <Switch
          label="Require a disposition"
          description="People must say why they close an alert: in Slack, in the Console, in bulk and via the API."
          checked={dispositionRequired ?? settings.dispositionRequired}
          onChange={(event) => fields.set("dispositionRequired", event.currentTarget.checked)}
        />
        <Switch
          label="Require a comment"
          description="People must enter a comment to resolve an alert or mark it as invalid: in Slack, in the Console, in bulk and via the API."
          checked={commentRequired ?? settings.commentRequired}
          onChange={(event) => fields.set("commentRequired", event.currentTarget.checked)}
        />
        <TagsInput
          label="Fields that identify a person"
          description="If one of these context fields holds an email address, Tocsin suggests that person for a Boomerang and can suppress repeats for them. “email” also matches “actor.email”."
          placeholder={names.length > 0 ? undefined : "No fields: nobody is suggested"}
          value={names}
          error={fields.errorAt("boomerangEmailFields")}
          onChange={(chosen) => fields.set("boomerangEmailFields", chosen)}
        />
        <div className={forms.actions}>
          <Button
            variant="default"
            loading={restoreDefaults.isPending}
            onClick={() => restoreDefaults.mutate({ boomerangEmailFields: null })}
          >
            Restore default fields
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={Object.values(fields.values).every((value) => value === undefined)}
          >
            Save
          </Button>
        </div>
      </form>
    </section>
  );
}

/** How long data is kept. Sends only what was changed. */
function RetentionForm({ settings }: { settings: SettingsBody }) {
  const save = useSettingsChange({ onSaved: (change) => fields.reset(change) });
  const fields = useFields<SettingsChange>(allKept, save.error);
  return (
    <section className={css.panel} aria-labelledby="retention">
      <h2 id="retention">Retention</h2>
      <form
        className={forms.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(fields.values);
        }}
      >
        <FormError error={save.error} fields={keptData.map(({ name }) => name)} />
        {keptData.map(({ name, label, description }) => (
          <NumberInput
            key={name}
            label={label}
            description={`${description} From ${keeping[name].least} to ${keeping[name].most}.`}
            suffix={` ${unitOf(name, fields.values[name] ?? settings[name])}`}
            allowDecimal={false}
            allowNegative={false}
            value={fields.values[name] ?? settings[name]}
            error={fields.errorAt(name)}
            onChange={(value) => fields.set(name, typeof value === "number" ? value : undefined)}
          />
        ))}
        <div className={forms.actions}>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={keptData.every(({ name }) => fields.values[name] === undefined)}
          >
            Save retention
          </Button>
        </div>
      </form>
    </section>
  );
}

const keptData: { name: KeepingName; label: string; description: string }[] = [
  {
    name: "keepAlertsDays",
    label: "Alerts and answers",
    description: "A closed alert is deleted this long after its last change, with all that belongs to it.",
  },
  {
    name: "keepSamplesDays",
    label: "Event samples",
    description: "The first events of an alert are deleted this long after they arrived.",
  },
  {
    name: "keepAuditLogYears",
    label: "Audit log",
    description: "Older entries are deleted by whole months.",
  },
];

const unitOf = (name: KeepingName, amount: number) =>
  amount === 1 ? keeping[name].unit.slice(0, -1) : keeping[name].unit;

const allKept: SettingsChange = {
  keepAlertsDays: undefined,
  keepSamplesDays: undefined,
  keepAuditLogYears: undefined,
};

const unchanged: SettingsChange = {
  dispositionRequired: undefined,
  commentRequired: undefined,
  boomerangEmailFields: undefined,
};
