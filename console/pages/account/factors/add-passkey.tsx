import { Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { factorsApi } from "../../../api/factors.ts";
import { FormDialog } from "../../../forms/form-dialog.tsx";
import { useFields } from "../../../forms/use-fields.ts";

interface Props {
  /** Gets the recovery codes, if it is the first factor. */
  onAdded: (recoveryCodes: string[] | null) => void;
  onClose: () => void;
}

export function AddPasskey({ onAdded, onClose }: Props) {
  const add = useMutation({
    mutationFn: factorsApi.addPasskey,
    onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes),
  });
  const fields = useFields({ name: "" }, add.error);
  return (
    <FormDialog
      title="Add a passkey"
      action="Continue"
      busy={add.isPending}
      error={add.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => add.mutate(fields.values.name)}
      onClose={onClose}
    >
      <Text size="sm">
        Your browser asks next where to keep the passkey: on this device, on your phone or on a security key.
        You confirm it as you unlock that device.
      </Text>
      <TextInput
        data-autofocus
        label="Name"
        description="So that you recognise it in the list."
        placeholder="Work laptop"
        maxLength={60}
        autoComplete="off"
        required
        {...fields.text("name")}
      />
    </FormDialog>
  );
}
