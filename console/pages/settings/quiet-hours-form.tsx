import { Button, Group, TextInput } from "@mantine/core";
import type { SettingsBody } from "../../../src/triage/contract.ts";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useFields } from "../../forms/use-fields.ts";
import css from "./settings.module.css";
import { useSettingsChange } from "./use-settings-change.ts";

/** When people are not asked automatically, in their own timezone. */
export function QuietHoursForm({ quietHours }: Pick<SettingsBody, "quietHours">) {
  const save = useSettingsChange();
  const fields = useFields({ ...quietHours }, save.error);
  const { from, to } = fields.values;
  return (
    <section className={css.panel} aria-labelledby="quiet-hours">
      <h2 id="quiet-hours">Quiet hours</h2>
      <form
        className={forms.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ quietHours: { from, to } });
        }}
      >
        <FormError error={save.error} fields={[]} />
        <p>
          Automatic Boomerangs wait until a person's quiet hours end, in the timezone of their Slack profile.
          Only questions about Critical alerts are sent then. Set both to the same time for no quiet hours.
        </p>
        <Group gap="md">
          <TextInput type="time" label="From" required {...fields.text("from")} />
          <TextInput type="time" label="Until" required {...fields.text("to")} />
        </Group>
        <div className={forms.actions}>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={from === quietHours.from && to === quietHours.to}
          >
            Save quiet hours
          </Button>
        </div>
      </form>
    </section>
  );
}
