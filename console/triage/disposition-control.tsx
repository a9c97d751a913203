import { Button } from "@mantine/core";
import { useState } from "react";
import { dispositionText } from "../../src/alert/disposition.ts";
import type { AlertRow } from "../../src/triage/contract.ts";
import { Icon } from "../components/icon.tsx";
import { FormDialog } from "../forms/form-dialog.tsx";
import { useFields } from "../forms/use-fields.ts";
import { chosenDisposition, DispositionFields, type DispositionValues } from "./disposition-fields.tsx";
import { useTriage } from "./use-triage.ts";

/** Shows the disposition of a closed alert, and changes it. */
export function DispositionControl({ alert }: { alert: AlertRow }) {
  const [opened, setOpened] = useState(false);
  const text = dispositionText(alert);
  return (
    <>
      <Button
        variant="default"
        onClick={() => setOpened(true)}
        rightSection={<Icon name="down" size={12} />}
        aria-label={text ? `Disposition: ${text}` : "Set disposition"}
      >
        {text || "Set disposition"}
      </Button>
      {opened ? <DispositionDialog alert={alert} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

function DispositionDialog({ alert, onClose }: { alert: AlertRow; onClose: () => void }) {
  const { disposition, duplicateOf } = alert;
  const triage = useTriage("in the form");
  const initial = { disposition, duplicateOf: duplicateOf === null ? "" : String(duplicateOf) };
  const fields = useFields<DispositionValues>(initial, triage.error);
  const submit = () => {
    const change = { disposition: null, ...chosenDisposition(fields.values) };
    triage.mutate({ alerts: [alert], change }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={`Disposition of #${alert.number}`}
      action="Save"
      busy={triage.isPending}
      error={triage.error}
      fields={["disposition", "duplicateOf"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <DispositionFields fields={fields} focused />
    </FormDialog>
  );
}
