import { Button, Group, Modal, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { AlertType, Severity } from "../../../src/alert/alert.ts";
import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { CreatedDestination, CustomWebhookBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyLine } from "../../components/copy.tsx";
import { keysOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";
import { TakesFields } from "./fields/alert-filter.tsx";
import { HeadersEditor } from "./fields/headers.tsx";

interface Props {
  /** Undefined for a new one. */
  edited: CustomWebhookBody | undefined;
  onClose: () => void;
}

export function WebhookForm({ edited, onClose }: Props) {
  const [made, setMade] = useState<CreatedDestination>();
  const save = useChange({
    change: (values: ReturnType<typeof initial>) => store(edited?.id, values),
    refresh: "destinations",
    failed: "in the form",
    onDone: (destination) => (secretOf(destination) ? setMade(destination) : onClose()),
  });
  const fields = useFields(initial(edited), save.error);
  const secret = made && secretOf(made);
  if (made && secret) return <SecretOnce name={made.displayName} secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title={edited ? `Edit ${edited.displayName}` : "Create a Custom Webhook destination"}
      action={edited ? "Save" : "Add Destination"}
      busy={save.isPending}
      fault={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      <TextInput
        label="Display Name"
        description="The destination's name in Tocsin."
        required
        maxLength={100}
        data-autofocus
        {...fields.text("displayName")}
      />
      <TextInput
        label="URL"
        description="Alerts are posted there as JSON. It is shown to whoever sees this page: put credentials into headers."
        placeholder="https://hooks.example.com/tocsin"
        type="url"
        required
        {...fields.text("url")}
      />
      <HeadersEditor stored={edited?.headerNames ?? []} {...fields.choice("headers")} />
      <TextInput
        label="Signing Secret"
        description={
          edited
            ? "Tocsin signs each event with it. Give the receiver a new one first."
            : "Tocsin signs each event with it. Leave it empty to have one made, which is shown once."
        }
        placeholder={edited ? "Leave empty to keep it" : undefined}
        type="password"
        autoComplete="off"
        {...fields.text("secret")}
      />
      <Switch
        label="Send changes too"
        description="Status, assignee, comments and severity, each as an event of its own; else openings only."
        checked={fields.values.changes}
        onChange={(event) => fields.set("changes", event.currentTarget.checked)}
      />
      <TakesFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneOf="Of this destination; times in events are in UTC."
      />
    </FormDialog>
  );
}

function initial(edited: CustomWebhookBody | undefined) {
  const severities: Severity[] = edited?.severities ?? keysOf(severityLabels);
  const alertTypes: AlertType[] = edited?.alertTypes ?? keysOf(alertTypeLabels);
  return {
    displayName: edited?.displayName ?? "",
    url: edited?.url ?? "",
    headers: (edited?.headerNames ?? []).map((name) => ({ name, value: "" })),
    secret: "",
    changes: edited?.changes ?? true,
    severities,
    alertTypes,
    logTypes: edited?.logTypes ?? [],
    timezone: edited?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function store(
  id: string | undefined,
  { headers, ...values }: ReturnType<typeof initial>,
): Promise<CreatedDestination> {
  const named = headers.filter(({ name }) => name.trim() !== "");
  const body = {
    ...values,
    headers: Object.fromEntries(named.map(({ name, value }) => [name.trim(), value])),
  };
  if (id) return setupApi.changeDestination(id, body);
  return setupApi.addDestination({ type: "custom-webhook", ...body });
}

function secretOf(destination: CreatedDestination): string | undefined {
  return destination.type === "custom-webhook" ? destination.secret : undefined;
}

/** Shows the signing secret that Tocsin has made, the only time it can be shown. */
function SecretOnce({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Signing secret of ${name}`}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text size="sm" mb="sm">
        Copy it now and give it to the receiver, which checks each event's signature with it. Tocsin keeps it
        encrypted and can't show it again.
      </Text>
      <CopyLine text={secret} what="signing secret" />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>I have copied the secret</Button>
      </Group>
    </Modal>
  );
}
