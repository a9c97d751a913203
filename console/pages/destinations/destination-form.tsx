import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { AlertType, Severity } from "../../../src/alert/alert.ts";
import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { DestinationBody, DestinationTypeBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { keysOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { AlertFilterFields } from "./fields/alert-filter.tsx";
import { EscalationFields } from "./fields/escalation.tsx";
import { SettingField } from "./fields/setting.tsx";
import { SecretOnce } from "./secret-once.tsx";
import { bodyOf, initialSettings, originLeft } from "./settings.ts";

interface Props {
  type: DestinationTypeBody;
  /** Undefined for a new destination. */
  edited: DestinationBody | undefined;
  onClose: () => void;
}

/** Creates or edits a destination of any type that is described by its settings. */
export function DestinationForm({ type, edited, onClose }: Props) {
  const [created, setCreated] = useState<DestinationBody>();
  const save = useApiMutation({
    mutationFn: (body: Parameters<typeof store>[2]) => store(type.type, edited?.id, body),
    invalidates: "destinations",
    failure: "in the form",
    onSuccess: (destination) => (secretIn(destination) ? setCreated(destination) : onClose()),
  });
  const fields = useFields(initialFilter(edited), save.error);
  const settings = useFields(initialSettings(type.fields, edited), save.error);
  const secret = created && secretIn(created);
  if (type.secret && created && secret)
    return <SecretOnce {...type.secret} of={created.displayName} secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title={edited ? `Edit ${edited.displayName}` : `Create ${withArticle(type.name)} destination`}
      action={edited ? "Save" : "Add Destination"}
      busy={save.isPending}
      error={save.error}
      fields={[...Object.keys(fields.values), ...Object.keys(settings.values)]}
      onSubmit={() => save.mutate({ ...fields.values, ...bodyOf(settings.values) })}
      onClose={onClose}
    >
      <TextInput
        label="Display Name"
        description="How this destination is named in Tocsin."
        required
        maxLength={100}
        data-autofocus
        {...fields.text("displayName")}
      />
      {type.fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          edited={edited}
          value={settings.values[field.name]}
          error={settings.errorAt(field.name)}
          onChange={(value) => settings.set(field.name, value)}
          left={originLeft(type.fields, edited, settings.values)}
        />
      ))}
      <AlertFilterFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneHint={type.timezoneHint}
      />
      <EscalationFields
        edited={edited}
        severities={fields.values.severities}
        {...fields.choice("escalation")}
      />
    </FormDialog>
  );
}

function initialFilter(edited: DestinationBody | undefined) {
  const severities: Severity[] = edited?.severities ?? keysOf(severityLabels);
  const alertTypes: AlertType[] = edited?.alertTypes ?? keysOf(alertTypeLabels);
  return {
    displayName: edited?.displayName ?? "",
    severities,
    alertTypes,
    logTypes: edited?.logTypes ?? [],
    escalation: edited?.escalation ?? null,
    timezone: edited?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function store(
  type: string,
  id: string | undefined,
  values: ReturnType<typeof initialFilter> & Record<string, unknown>,
): Promise<DestinationBody> {
  return id ? setupApi.changeDestination(id, values) : setupApi.addDestination({ type, ...values });
}

function secretIn({ secret }: DestinationBody): string | undefined {
  return typeof secret === "string" ? secret : undefined;
}

function withArticle(name: string): string {
  return /^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`;
}
