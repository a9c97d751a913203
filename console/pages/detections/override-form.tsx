import { MultiSelect, Radio, Stack } from "@mantine/core";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { reveal } from "../../components/reveal.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";

interface Props {
  detection: DetectionBody;
  destinations: DestinationBody[];
  onClose: () => void;
}

/** Where a detection's alerts go. What the report itself asks for still comes first. */
export function OverrideForm({ detection, destinations, onClose }: Props) {
  const save = useChange({
    change: (override: string[] | null) => setupApi.overrideDetection(detection.id, override),
    refresh: "detections",
    done: "Alerts opened from now on go there.",
    failed: "in the form",
    onDone: onClose,
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
      fault={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(overrideOf(mode, chosen))}
      onClose={onClose}
    >
      <Radio.Group label="Its alerts go" value={mode} onChange={(value) => fields.set("mode", value)}>
        <Stack gap="sm" mt="xs">
          <Radio value="filters" label="As the destinations' filters say" />
          <Radio value="chosen" label="Only to these destinations, whatever their filters" />
          <Radio value="nowhere" label="Nowhere; they stand in the Console only" />
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
