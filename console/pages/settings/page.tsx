import { Button, Switch, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { SettingsBody, SettingsChange } from "../../../src/triage/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { SettingsPage as Page } from "../../components/settings-page.tsx";
import { FormFault } from "../../forms/form-fault.tsx";
import forms from "../../forms/forms.module.css";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";
import css from "./settings.module.css";

export function SettingsPage() {
  const query = useQuery({ queryKey: ["settings"], queryFn: setupApi.settings });
  return (
    <Page title="Settings" about="What holds for every alert, whoever triages it and from where.">
      <Loaded query={query} what="settings">
        {(settings) => <TriageForm settings={settings} />}
      </Loaded>
    </Page>
  );
}

/** Whether closing takes a comment, and where alerts name whom to ask. Only what one changed is sent. */
export function TriageForm({ settings }: { settings: SettingsBody }) {
  const save = useChange({
    change: (change: SettingsChange) => setupApi.changeSettings(change),
    refresh: "settings",
    done: "The settings are saved.",
    failed: "in the form",
    onDone: () => {
      fields.set("commentRequired", undefined);
      fields.set("boomerangEmailFields", undefined);
    },
  });
  const takeUsual = useChange({
    change: () => setupApi.changeSettings({ boomerangEmailFields: null }),
    refresh: "settings",
    done: "The usual fields are back.",
    failed: "The fields were not changed.",
    onDone: () => fields.set("boomerangEmailFields", undefined),
  });
  const fields = useFields<SettingsChange>(unchanged, save.error);
  const { commentRequired, boomerangEmailFields } = fields.values;
  const names = boomerangEmailFields ?? settings.boomerangEmailFields;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(fields.values);
  };
  return (
    <section className={css.panel} aria-labelledby="triage">
      <h2 id="triage">Triage</h2>
      <form className={forms.form} onSubmit={submit}>
        <FormFault fault={save.error} fields={Object.keys(settings)} />
        <Switch
          label="Require a comment"
          description="Whoever resolves an alert or calls it Invalid must say why: in Slack, in the Console, in bulk and by API."
          checked={commentRequired ?? settings.commentRequired}
          onChange={(event) => fields.set("commentRequired", event.currentTarget.checked)}
        />
        <TagsInput
          label="Fields that name whom to ask"
          description="An e-mail in one of these fields of an alert's context is suggested for a Boomerang, and says for whom repeats are suppressed. A name fits the end of a path: email fits actor.email too. Press Enter after each."
          placeholder={names.length > 0 ? undefined : "None: nobody is suggested"}
          value={names}
          error={fields.errorAt("boomerangEmailFields")}
          onChange={(chosen) => fields.set("boomerangEmailFields", chosen)}
        />
        <div className={forms.actions}>
          <Button variant="default" loading={takeUsual.isPending} onClick={() => takeUsual.mutate(undefined)}>
            Use the usual fields
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={commentRequired === undefined && boomerangEmailFields === undefined}
          >
            Save
          </Button>
        </div>
      </form>
    </section>
  );
}

const unchanged: SettingsChange = { commentRequired: undefined, boomerangEmailFields: undefined };
