import { Button, PasswordInput, Switch, Text } from "@mantine/core";
import type { FormEvent } from "react";
import { peopleApi } from "../../api/people.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { passwordHint } from "../../forms/choices.ts";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { useSession } from "../../session/use-session.ts";
import css from "./account.module.css";
import { SecondFactors } from "./factors/second-factors.tsx";
import { Sessions } from "./sessions.tsx";

export function AccountPage() {
  const session = useSession().data;
  const user = session?.user;
  const provider = session?.confirmBy.provider ?? null;
  return (
    <ConfigurePage title="Account" intro={user ? `${user.name} · ${user.email} · ${user.role}` : ""}>
      <div className={css.sections}>
        <div className={css.forms}>
          {session?.confirmBy.password === false && provider !== null ? (
            <section className={css.panel} aria-labelledby="sign-in">
              <h2 id="sign-in">Sign-in</h2>
              <Text size="sm">
                You sign in with {provider}, and have no password in Tocsin. Your role comes from your groups
                there.
              </Text>
            </section>
          ) : (
            <PasswordForm email={user?.email ?? ""} />
          )}
          <EmailSettings />
        </div>
        <SecondFactors />
        <Sessions />
      </div>
    </ConfigurePage>
  );
}

/** Which emails one gets. */
function EmailSettings() {
  const session = useSession().data;
  const save = useApiMutation({
    mutationFn: peopleApi.changeSettings,
    invalidates: "session",
    success: "Your settings are saved.",
    failure: "Your settings were not saved.",
  });
  if (!session) return null;
  const { hasMailServer, mailWhenAssigned } = session;
  return (
    <section className={css.panel} aria-labelledby="email">
      <h2 id="email">Email</h2>
      <Switch
        label="Email me when somebody else assigns me an alert"
        description={
          hasMailServer
            ? "The email has the alert's number, its severity and a link. It has no texts of the alert."
            : "Tocsin can't send email: it has no mail server. An administrator can set SMTP_URL."
        }
        checked={mailWhenAssigned}
        disabled={save.isPending || (!hasMailServer && !mailWhenAssigned)}
        onChange={(event) => save.mutate({ mailWhenAssigned: event.currentTarget.checked })}
      />
    </section>
  );
}

const empty = { currentPassword: "", newPassword: "" };

/** Changes one's own password. `email` tells password managers whose it is. */
function PasswordForm({ email }: { email: string }) {
  const save = useApiMutation({
    mutationFn: peopleApi.changePassword,
    invalidates: "sessions",
    success: "Your password was changed, and your other sessions have ended.",
    failure: "in the form",
    onSuccess: (_, sent) => fields.reset(sent),
  });
  const fields = useFields(empty, save.error);
  const { currentPassword, newPassword } = fields.values;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(fields.values);
  };
  return (
    <section className={css.panel} aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form className={forms.form} onSubmit={submit}>
        <FormError error={save.error} fields={Object.keys(empty)} />
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          {...fields.text("currentPassword")}
        />
        <PasswordInput
          label="New password"
          description={passwordHint}
          autoComplete="new-password"
          required
          {...fields.text("newPassword")}
        />
        <div className={forms.actions}>
          <Button type="submit" loading={save.isPending} disabled={!currentPassword || !newPassword}>
            Change password
          </Button>
        </div>
      </form>
    </section>
  );
}
