import { Autocomplete, Checkbox, Select, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { severityLabels } from "../../src/alert/alert.ts";
import { setupApi } from "../api/setup.ts";
import { silencesApi } from "../api/silences.ts";
import { CheckGroup } from "../forms/check-group.tsx";
import { FormDialog } from "../forms/form-dialog.tsx";
import { useApiMutation } from "../forms/use-api-mutation.ts";
import { type FormFields, useFields } from "../forms/use-fields.ts";
import { usePermission } from "../session/use-session.ts";
import { CriticalStep, useCriticalStep } from "./critical-step.tsx";
import { FieldConditions } from "./field-conditions.tsx";
import { criticalSentence, Preview, usePreview } from "./silence-preview.tsx";
import {
  initialValues,
  lengthChoices,
  requestOf,
  type SilenceStart,
  type SilenceValues,
  untilChoice,
} from "./silence-values.ts";
import css from "./silences.module.css";

interface Props {
  start: SilenceStart;
  onClose: () => void;
}

/** Creates a silence. That it covers CRITICAL alerts too is confirmed in a second step. */
export function SilenceForm({ start, onClose }: Props) {
  const save = useApiMutation({
    mutationFn: (values: SilenceValues) => silencesApi.add(requestOf(values, start)),
    invalidates: "silences",
    success: "New alerts like this are silenced.",
    failure: "in the form",
    onSuccess: onClose,
  });
  const fields = useFields(initialValues(start), save.error);
  const { values } = fields;
  const preview = usePreview(values);
  const { dialog, confirming, back } = useCriticalStep({
    save,
    values,
    addsCritical: values.alsoCritical,
    onClose,
  });
  if (confirming)
    return (
      <CriticalStep dialog={dialog} back={back}>
        {preview.data ? <Text fw={600}>In the last 30 days: {criticalSentence(preview.data)}</Text> : null}
      </CriticalStep>
    );
  return (
    <FormDialog
      {...dialog}
      title={start.alertId ? "Snooze alerts like this" : "Silence alerts"}
      action="Silence"
    >
      <Text size="sm" c="dimmed">
        New alerts that meet all conditions are kept in Tocsin, but not announced. Alerts that are open
        already stay as they are.
      </Text>
      <Conditions fields={fields} start={start} />
      <Preview values={values} query={preview} />
      <End fields={fields} />
      <Textarea
        label="Reason"
        description="Shown to everybody who looks for these alerts."
        required
        autosize
        minRows={2}
        maxLength={500}
        {...fields.text("reason")}
      />
      <Checkbox
        label="Silence CRITICAL alerts too"
        description="Otherwise they are announced as usual. You are asked again."
        checked={values.alsoCritical}
        error={fields.errorAt("alsoCritical")}
        onChange={(event) => fields.set("alsoCritical", event.currentTarget.checked)}
      />
    </FormDialog>
  );
}

function Conditions({ fields, start }: { fields: FormFields<SilenceValues>; start: SilenceStart }) {
  const sources = useQuery({
    queryKey: ["sources"],
    queryFn: setupApi.sources,
    enabled: usePermission("View Sources"),
  });
  const detections = useQuery({
    queryKey: ["detections", ""],
    queryFn: () => setupApi.detections({}),
    enabled: usePermission("View Destinations"),
  });
  const { source, severities } = fields.values;
  const named = new Map((sources.data?.results ?? []).map(({ id, name }) => [id, name]));
  if (start.values.source) named.set(start.values.source, start.sourceName ?? start.values.source);
  const known = (detections.data?.results ?? []).filter((one) => !source || one.source.id === source);
  return (
    <>
      <div className={css.pair}>
        <Select
          label="Source"
          placeholder="Any source"
          data={[...named].map(([value, label]) => ({ value, label }))}
          value={source || null}
          error={fields.errorAt("source")}
          onChange={(value) => fields.set("source", value ?? "")}
          clearable
          searchable
        />
        <Autocomplete
          label="Detection"
          placeholder="Any detection"
          data={[...new Set(known.map(({ detectionId }) => detectionId))]}
          limit={50}
          {...fields.choice("detection")}
        />
      </div>
      <TextInput
        label="Title"
        description="* stands for any text. Leave empty for any title."
        placeholder="Disk of web-* is full"
        maxLength={1000}
        {...fields.text("title")}
      />
      <CheckGroup
        label="Severities (none chosen: any)"
        options={severityLabels}
        value={severities}
        error={fields.errorAt("severities")}
        onChange={(value) => fields.set("severities", value)}
      />
      <FieldConditions
        value={fields.values.fields}
        error={fields.errorAt("fields")}
        errors={fields.errorsIn("fields")}
        offered={start.offered ?? []}
        onChange={(value) => fields.set("fields", value)}
      />
    </>
  );
}

function End({ fields }: { fields: FormFields<SilenceValues> }) {
  return (
    <div className={css.pair}>
      <Select
        label="For how long?"
        data={lengthChoices}
        allowDeselect={false}
        {...fields.pick("length")}
        error={fields.errorAt("forMinutes")}
      />
      {fields.values.length === untilChoice ? (
        <TextInput
          type="datetime-local"
          label="Until"
          description="Your local time, at most 90 days from now."
          required
          {...fields.text("until")}
        />
      ) : null}
    </div>
  );
}
