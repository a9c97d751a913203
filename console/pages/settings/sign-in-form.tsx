import { Button, Switch } from "@mantine/core";
import type { FormEvent } from "react";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useFields } from "../../forms/use-fields.ts";
import css from "./settings.module.css";
import { useSettingsChange } from "./use-settings-change.ts";

const unchanged: { requireSecondFactor: boolean | undefined } = { requireSecondFactor: undefined };

/** Whether everybody who signs in by password needs a second factor. */
export function SignInForm({ requireSecondFactor }: { requireSecondFactor: boolean }) {
  const save = useSettingsChange({ onSaved: () => fields.set("requireSecondFactor", undefined) });
  const fields = useFields(unchanged, save.error);
  const wanted = fields.values.requireSecondFactor ?? requireSecondFactor;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ requireSecondFactor: wanted });
  };
  return (
    <section className={css.panel} aria-labelledby="sign-in">
      <h2 id="sign-in">Sign-in</h2>
      <form className={forms.form} onSubmit={submit}>
        <FormError error={save.error} fields={[]} />
        <Switch
          label="Require a second factor"
          description="Everybody who signs in by password adds a passkey or an authenticator app before anything else, you too. Your identity provider decides for those who sign in there."
          checked={wanted}
          onChange={(event) => fields.set("requireSecondFactor", event.currentTarget.checked)}
        />
        <div className={forms.actions}>
          <Button type="submit" loading={save.isPending} disabled={wanted === requireSecondFactor}>
            Save sign-in
          </Button>
        </div>
      </form>
    </section>
  );
}
