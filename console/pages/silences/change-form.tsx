import { Checkbox, Select, Text, Textarea } from "@mantine/core";
import { silenceDurations } from "../../../src/alert/silence.ts";
import type { SilenceBody } from "../../../src/silence/contract.ts";
import { silencesApi } from "../../api/silences.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { CriticalStep, useCriticalStep } from "../../silences/critical-step.tsx";
import { coverText } from "./silence-row.tsx";

interface Values {
  reason: string;
  forMinutes: string;
  alsoCritical: boolean;
}

const asItIs = "as-it-is";
const ends = [
  { value: asItIs, label: "As it is" },
  ...silenceDurations.map(({ minutes, label }) => ({ value: String(minutes), label: `${label} from now` })),
];

/** Changes reason and end of a silence. That it covers CRITICAL alerts from now on is confirmed in a second step. */
export function ChangeForm({ silence, onClose }: { silence: SilenceBody; onClose: () => void }) {
  const save = useApiMutation({
    mutationFn: ({ reason, forMinutes, alsoCritical }: Values) =>
      silencesApi.change(silence.id, {
        reason,
        alsoCritical,
        ...(forMinutes !== asItIs && { forMinutes: Number(forMinutes) }),
      }),
    invalidates: "silences",
    failure: "in the form",
    onSuccess: onClose,
  });
  const { reason, alsoCritical } = silence;
  const fields = useFields<Values>({ reason, forMinutes: asItIs, alsoCritical }, save.error);
  const { values } = fields;
  const { dialog, confirming, back } = useCriticalStep({
    save,
    values,
    addsCritical: values.alsoCritical && !alsoCritical,
    onClose,
  });
  if (confirming) return <CriticalStep dialog={dialog} back={back} />;
  return (
    <FormDialog {...dialog} title="Change silence" action="Save">
      <Text fw={600} className="wrap">
        {coverText(silence)}
      </Text>
      <Textarea label="Reason" required autosize minRows={2} maxLength={500} {...fields.text("reason")} />
      <Select
        label="Ends"
        description="At most 90 days after it began."
        data={ends}
        allowDeselect={false}
        {...fields.pick("forMinutes")}
      />
      <Checkbox
        label="Silence CRITICAL alerts too"
        checked={values.alsoCritical}
        error={fields.errorAt("alsoCritical")}
        onChange={(event) => fields.set("alsoCritical", event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
