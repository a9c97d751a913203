import { Button, NumberInput, Textarea, TextInput } from "@mantine/core";
import type { AuditStreamBody } from "../../../src/deliver/audit-stream/contract.ts";
import { auditStreamApi } from "../../api/audit-streams.ts";
import { FormError } from "../../forms/form-error.tsx";
import forms from "../../forms/forms.module.css";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";

interface Values {
  host: string;
  port: number | string;
  ca: string;
}

export function SyslogForm({ stream }: { stream: AuditStreamBody | null }) {
  const save = useApiMutation({
    mutationFn: ({ host, port, ca }: Values) =>
      auditStreamApi.saveSyslog({ host, port: Number(port), ca: ca.trim() === "" ? null : ca }),
    invalidates: "audit-streams",
    success: "The syslog server was saved.",
    failure: "in the form",
  });
  const { host = "", port = 6514, ca = null } = stream?.syslog ?? {};
  const initial: Values = { host, port, ca: ca ?? "" };
  const fields = useFields<Values>(initial, save.error);
  const isSame = JSON.stringify(fields.values) === JSON.stringify(initial);
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(fields.values);
      }}
    >
      <FormError error={save.error} fields={["host", "port", "ca"]} />
      <TextInput
        label="Host"
        description="Each entry is sent there as a message of RFC 5424, over TLS with octet counting (RFC 5425)."
        placeholder="syslog.example.com"
        required
        {...fields.text("host")}
      />
      <NumberInput
        label="Port"
        min={1}
        max={65_535}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        thousandSeparator=""
        {...fields.choice("port")}
      />
      <Textarea
        label="CA certificate"
        description="PEM of your own authority, if it signed the server's certificate. Leave empty to trust the usual ones."
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={2}
        maxRows={8}
        {...fields.text("ca")}
      />
      <div className={forms.actions}>
        <Button type="submit" loading={save.isPending} disabled={isSame || fields.values.host === ""}>
          Save syslog server
        </Button>
      </div>
    </form>
  );
}
