import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import type { AuditStreamBody } from "../../../src/deliver/audit-stream/contract.ts";
import { auditStreamApi } from "../../api/audit-streams.ts";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";

const empty = { url: "", secret: "" };

export function WebhookForm({ stream }: { stream: AuditStreamBody | null }) {
  const [secret, setSecret] = useState<string | null>(null);
  const save = useApiMutation({
    mutationFn: auditStreamApi.saveWebhook,
    invalidates: "audit-streams",
    success: "The webhook was saved.",
    failure: "in the form",
    onSuccess: (saved, sent) => {
      setSecret(saved.secret);
      fields.reset(sent);
    },
  });
  const fields = useFields(empty, save.error);
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(fields.values);
      }}
    >
      <FormError error={save.error} fields={Object.keys(empty)} />
      <TextInput
        label="URL"
        description={
          stream
            ? "Leave empty to keep the stored one, of which only the host is shown."
            : "Each entry is sent to this URL as JSON. It is stored encrypted, and only its host is shown again."
        }
        placeholder="https://siem.example.com/tocsin"
        required={stream === null}
        {...fields.text("url")}
      />
      <PasswordInput
        label="Signing Secret"
        description={
          stream
            ? "Leave empty to keep the stored one. Before you change it, give the receiver the new one."
            : "Entries are signed as those of a Custom Webhook. Leave empty to generate a secret, which is shown once."
        }
        autoComplete="new-password"
        {...fields.text("secret")}
      />
      <div className={forms.actions}>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={fields.values.url === "" && fields.values.secret === ""}
        >
          Save webhook
        </Button>
      </div>
      {secret ? (
        <SecretDialog
          title="Signing secret"
          label="secret"
          secret={secret}
          advice="Copy it now and give it to the receiver, which verifies the signature of each entry with it. Tocsin stores it encrypted and can't show it again."
          onClose={() => setSecret(null)}
        />
      ) : null}
    </form>
  );
}
