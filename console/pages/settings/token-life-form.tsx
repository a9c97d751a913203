import { Button, NumberInput } from "@mantine/core";
import type { FormEvent } from "react";
import { setupApi } from "../../api/setup.ts";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import css from "./settings.module.css";

/** How long API tokens may live; an empty field is no limit. */
export function TokenLifeForm({ maxTokenDays }: { maxTokenDays: number | null }) {
  const save = useApiMutation({
    mutationFn: (days: number | string) =>
      setupApi.changeSettings({ maxTokenDays: days === "" ? null : Number(days) }),
    invalidates: "settings",
    success: "Settings saved.",
    failure: "in the form",
  });
  const fields = useFields<{ maxTokenDays: number | string }>(
    { maxTokenDays: maxTokenDays ?? "" },
    save.error,
  );
  const days = fields.values.maxTokenDays;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(days);
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
