import { Button, NumberInput } from "@mantine/core";
import type { FormEvent } from "react";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useFields } from "../../forms/use-fields.ts";
import css from "./settings.module.css";
import { useSettingsChange } from "./use-settings-change.ts";

/** How long API tokens may live; an empty field is no limit. */
export function TokenLifeForm({ maxTokenDays }: { maxTokenDays: number | null }) {
  const save = useSettingsChange();
  const fields = useFields<{ maxTokenDays: number | string }>(
    { maxTokenDays: maxTokenDays ?? "" },
    save.error,
  );
  const days = fields.values.maxTokenDays;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ maxTokenDays: days === "" ? null : Number(days) });
  };
  return (
    <section className={css.panel} aria-labelledby="api-tokens">
      <h2 id="api-tokens">API tokens</h2>
      <form className={forms.form} onSubmit={submit}>
        <FormError error={save.error} fields={["maxTokenDays"]} />
        <NumberInput
          label="Longest life in days"
          description="Tokens expire at the latest after this time. Older ones stop working as soon as you save. Leave empty for no limit."
          placeholder="No limit"
          allowDecimal={false}
          allowNegative={false}
          {...fields.choice("maxTokenDays")}
        />
        <div className={forms.actions}>
          <Button type="submit" loading={save.isPending} disabled={days === (maxTokenDays ?? "")}>
            Set limit
          </Button>
        </div>
      </form>
    </section>
  );
}
