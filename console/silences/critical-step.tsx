import { Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormDialog } from "../forms/form-dialog.tsx";

interface Sending<V> {
  save: { mutate: (values: V) => void; isPending: boolean; error: Error | null };
  values: V;
  /** Whether CRITICAL alerts would be silenced that are not silenced now. */
  addsCritical: boolean;
  onClose: () => void;
}

/** Sends the form of a silence. That it covers CRITICAL alerts from now on is confirmed in a second step. */
export function useCriticalStep<V extends object>({ save, values, addsCritical, onClose }: Sending<V>) {
  const [confirming, setConfirming] = useState(false);
  const onSubmit = () => {
    if (addsCritical && !confirming) return setConfirming(true);
    setConfirming(false);
    save.mutate(values);
  };
  const { isPending: busy, error } = save;
  const dialog = { busy, error, fields: Object.keys(values), onSubmit, onClose };
  return { dialog, confirming, back: () => setConfirming(false) };
}

type Step = Omit<ReturnType<typeof useCriticalStep>, "confirming">;

/** The second step. `children`: what is known of the alerts that it would cover. */
export function CriticalStep({ dialog, back, children }: Step & { children?: ReactNode }) {
  return (
    <FormDialog {...dialog} title="Silence CRITICAL alerts too?" action="Silence CRITICAL too" onBack={back}>
      <Text>
        CRITICAL alerts that this silence covers are not announced until it is over. Only the list of silenced
        alerts shows them.
      </Text>
      {children}
    </FormDialog>
  );
}
