import { MultiSelect, Radio, Stack } from "@mantine/core";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { reveal } from "../../components/reveal.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";

interface Props {
  detection: DetectionBody;
  destinations: DestinationBody[];
  onClose: () => void;
}

/** Overrides where a detection's alerts go. Destinations named in a report still take precedence. */
export function OverrideForm({ detection, destinations, onClose }: Props) {
  const save = useApiMutation({
    mutationFn: (override: string[] | null) => setupApi.overrideDetection(detection.id, override),
    invalidates: "detections",
    success: "Routing saved. It applies to alerts opened from now on.",
    failure: "in the form",
    onSuccess: onClose,
  });
  const fields = useFields(
    { mode: modeOf(detection.destinations), destinations: detection.destinations ?? [] },
    save.error,
  );
  const { mode, destinations: chosen } = fields.values;
  return (
    <FormDialog
      title={`Route ${reveal(detection.name ?? detection.detectionId)}`}
      action="Save"
      busy={save.isPending}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(overrideOf(mode, chosen))}
      onClose={onClose}
    >
      <Radio.Group label="Send its alerts to" value={mode} onChange={(value) => fields.set("mode", value)}>
        <Stack gap="sm" mt="xs">
          <Radio value="filters" label="All destinations whose filters match (default)" />
          <Radio value="chosen" label="Only these destinations, whatever their filters" />
          <Radio value="nowhere" label="Nowhere (visible in the Console only)" />
        </Stack>
      </Radio.Group>
      {mode === "chosen" ? (
        <MultiSelect
          label="Destinations"
          data={destinations.map(({ id, displayName }) => ({ value: id, label: displayName }))}
          maxValues={10}
          searchable
          {...fields.choice("destinations")}
        />
      ) : null}
    </FormDialog>
  );
}

function modeOf(override: string[] | null): string {
  if (!override) return "filters";
  return override.length > 0 ? "chosen" : "nowhere";
}

function overrideOf(mode: string, chosen: string[]): string[] | null {
  if (mode === "filters") return null;
  return mode === "chosen" ? chosen : [];
}
