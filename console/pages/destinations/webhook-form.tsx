import { Button, Group, Modal, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { AlertType, Severity } from "../../../src/alert/alert.ts";
import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { CreatedDestination, CustomWebhookBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyBlock } from "../../components/copy.tsx";
import { keysOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { AlertFilterFields } from "./fields/alert-filter.tsx";
import { HeadersEditor } from "./fields/headers.tsx";

interface Props {
  /** Undefined for a new destination. */
  edited: CustomWebhookBody | undefined;
  onClose: () => void;
}

export function WebhookForm({ edited, onClose }: Props) {
  const [created, setCreated] = useState<CreatedDestination>();
  const save = useApiMutation({
    mutationFn: (values: ReturnType<typeof initial>) => store(edited?.id, values),
    invalidates: "destinations",
    failure: "in the form",
    onSuccess: (destination) => (secretOf(destination) ? setCreated(destination) : onClose()),
  });
  const fields = useFields(initial(edited), save.error);
  const secret = created && secretOf(created);
  if (created && secret)
    return <SigningSecretDialog name={created.displayName} secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title={edited ? `Edit ${edited.displayName}` : "Create a Custom Webhook destination"}
      action={edited ? "Save" : "Add Destination"}
      busy={save.isPending}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
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
      <TextInput
        label="URL"
        description="Alerts are sent to this URL as JSON. Everyone who can view destinations sees it, so put credentials in headers."
        placeholder="https://hooks.example.com/tocsin"
        type="url"
        required
        {...fields.text("url")}
      />
      <HeadersEditor storedNames={edited?.headerNames ?? []} {...fields.choice("headers")} />
      <TextInput
        label="Signing Secret"
        description={
          edited
            ? "Tocsin signs each event with this secret. Before you change it, give the receiver the new one."
            : "Tocsin signs each event with this secret. Leave empty to generate one, which is shown once."
        }
        placeholder={edited ? "Leave empty to keep it" : undefined}
        type="password"
        autoComplete="off"
        {...fields.text("secret")}
      />
      <Switch
        label="Send changes too"
        description="Sends each change of status, assignee, severity or comments as an event. Otherwise only new alerts are sent."
        checked={fields.values.changes}
        onChange={(event) => fields.set("changes", event.currentTarget.checked)}
      />
      <AlertFilterFields
        severities={fields.choice("severities")}
        alertTypes={fields.choice("alertTypes")}
        logTypes={fields.choice("logTypes")}
        timezone={fields.pick("timezone")}
        timezoneHint="The timezone of this destination. Times in events are always UTC."
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
  const filled = headers.filter(({ name }) => name.trim() !== "");
  const body = {
    ...values,
    headers: Object.fromEntries(filled.map(({ name, value }) => [name.trim(), value])),
  };
  if (id) return setupApi.changeDestination(id, body);
  return setupApi.addDestination({ type: "custom-webhook", ...body });
}

function secretOf(destination: CreatedDestination): string | undefined {
  return destination.type === "custom-webhook" ? destination.secret : undefined;
}

/** Shows the generated signing secret once. */
function SigningSecretDialog({
  name,
  secret,
  onClose,
}: {
  name: string;
  secret: string;
  onClose: () => void;
}) {
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
        Copy it now and give it to the receiver, which verifies the signature of each event with it. Tocsin
        stores it encrypted and can't show it again.
      </Text>
      <CopyBlock text={secret} label="signing secret" />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>I have copied the secret</Button>
      </Group>
    </Modal>
  );
}
