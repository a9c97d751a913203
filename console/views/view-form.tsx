import { Switch, TextInput } from "@mantine/core";
import type { ViewBody } from "../../src/triage/views/contract.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { useFields } from "../forms/use-fields.ts";
import { usePermission } from "../session/use-session.ts";

interface Props {
  title: string;
  view?: ViewBody;
  busy: boolean;
  error: Error | null;
  onSave: (values: { name: string; shared: boolean }) => void;
  onClose: () => void;
}

/** Names a view, and shares it. */
export function ViewForm({ title, view, busy, error, onSave, onClose }: Props) {
  const canShare = usePermission("Manage Alerts");
  const fields = useFields({ name: view?.name ?? "", shared: view?.shared ?? false }, error);
  return (
    <FormDialog
      title={title}
      action="Save"
      busy={busy}
      error={error}
      fields={Object.keys(fields.values)}
      onSubmit={() => onSave(fields.values)}
      onClose={onClose}
    >
      <TextInput label="Name" required data-autofocus maxLength={80} {...fields.text("name")} />
      <Switch
        label="Shared"
        description={
          canShare
            ? "Everybody who can view alerts gets it in their side bar."
            : "Only people with the permission Manage Alerts can share views."
        }
        disabled={!canShare}
        checked={fields.values.shared}
        onChange={(event) => fields.set("shared", event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
