import { Select, TextInput } from "@mantine/core";
import type { Severity } from "../../../src/alert/alert.ts";
import { severityLabels } from "../../../src/alert/alert.ts";
import type { ResolvePolicy, SourceKind } from "../../../src/alert/report.ts";
import { resolvePolicyLabels, sourceKindLabels } from "../../../src/alert/report.ts";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { optionsOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";
import type { NewKey } from "./new-key.tsx";

interface Props {
  /** Undefined for a new one. */
  edited: SourceBody | undefined;
  onClose: () => void;
  onCreated: (key: NewKey) => void;
}

export function SourceForm({ edited, onClose, onCreated }: Props) {
  const save = useChange({
    change: (values: Values) => store(edited?.id, values),
    refresh: "sources",
    failed: "in the form",
    onDone(created) {
      onClose();
      if (created) onCreated({ source: created, key: created.key });
    },
  });
  const fields = useFields(initial(edited), save.error);
  return (
    <FormDialog
      title={edited ? `Edit ${edited.name}` : "Add a source"}
      action={edited ? "Save" : "Add source"}
      busy={save.isPending}
      fault={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      {edited ? null : (
        <Select
          label="Kind"
          description="How its reports are written."
          data={optionsOf(sourceKindLabels)}
          allowDeselect={false}
          {...fields.pick("kind")}
        />
      )}
      <TextInput label="Name" required maxLength={100} data-autofocus {...fields.text("name")} />
      <Select
        label="Severity, unless the report says"
        data={optionsOf(severityLabels)}
        allowDeselect={false}
        {...fields.pick("defaultSeverity")}
      />
      <Select
        label="May resolve its alerts"
        description="When the tool says that it is over. Where it may not, the history says so."
        data={optionsOf(resolvePolicyLabels)}
        allowDeselect={false}
        {...fields.pick("resolves")}
      />
    </FormDialog>
  );
}

interface Values {
  kind: SourceKind;
  name: string;
  defaultSeverity: Severity;
  resolves: ResolvePolicy;
}

function initial(edited: SourceBody | undefined): Values {
  return {
    kind: edited?.kind ?? "native",
    name: edited?.name ?? "",
    defaultSeverity: edited?.defaultSeverity ?? "MEDIUM",
    resolves: edited?.resolves ?? "untouched",
  };
}

/** Brings the created source with its key; of a changed one there is nothing to show. */
async function store(id: string | undefined, { kind, ...values }: Values) {
  if (!id) return setupApi.addSource({ kind, ...values });
  await setupApi.changeSource(id, values);
  return null;
}
