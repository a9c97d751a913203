import { Button, SegmentedControl, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { MessageParts } from "../../components/message-parts.tsx";
import { reveal } from "../../components/reveal.ts";
import { answerLabels, openForLabels, optionsOf, secondFactorHint } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { type AutomaticValues, atFields, toSetting, valuesOf, type WhomType } from "./automatic-values.ts";

const whomLabels = {
  field: "From the alert",
  person: "A person",
  channel: "A channel",
} satisfies Record<WhomType, string>;
const onYesLabels = {
  nothing: "Nothing",
  comment: "Add a comment",
  resolve: "Resolve the alert as Benign",
} satisfies Record<AutomaticValues["onYes"], string>;
const onNoLabels = {
  mention: "Only mention",
  raise: "Mention, and raise the severity by one",
  send: "Mention, and send to another destination",
} satisfies Record<AutomaticValues["onNo"], string>;

const whomHints = {
  field:
    "The field of the context that holds an email address or a Slack ID. “email” also matches “actor.email”.",
  person: "An email address or a Slack ID.",
  channel: "A channel that the bot is in. Any full member can answer, once for all.",
} satisfies Record<WhomType, string>;
const whomPlaceholders = { field: "actor.email", person: "eve@acme.example", channel: "#platform" };

interface Props {
  detection: DetectionBody;
  destinations: DestinationBody[];
  onClose: () => void;
}

/** What a detection asks by itself when an alert opens, and what follows the answer. */
export function AutomaticBoomerangForm({ detection, destinations, onClose }: Props) {
  const save = useApiMutation({
    mutationFn: (values: AutomaticValues) =>
      setupApi.setAutomaticBoomerang(detection.id, values.isOn ? toSetting(values) : null),
    invalidates: "detections",
    success: "Automatic Boomerang saved. It applies to alerts opened from now on.",
    failure: "in the form",
    onSuccess: onClose,
  });
  const preview = useMutation({
    mutationFn: (values: AutomaticValues) =>
      setupApi.previewAutomaticBoomerang(detection.id, toSetting(values)),
  });
  const refused = save.error ?? preview.error;
  const error = useMemo(() => refused && atFields(refused), [refused]);
  const fields = useFields(valuesOf(detection.automaticBoomerang), error);
  const { values } = fields;
  return (
    <FormDialog
      title={`Automatic Boomerang of ${reveal(detection.name ?? detection.detectionId)}`}
      action="Save"
      busy={save.isPending}
      error={error}
      fields={Object.keys(values)}
      onSubmit={() => save.mutate(values)}
      onClose={onClose}
    >
      <Switch
        label="Ask when an alert opens"
        description="Not for informational, silenced or suppressed alerts. A person gets at most three automatic questions per hour."
        checked={values.isOn}
        onChange={(event) => fields.set("isOn", event.currentTarget.checked)}
      />
      {values.isOn ? (
        <Stack gap="md">
          <SegmentedControl
            aria-label="Whom to ask"
            size="xs"
            data={optionsOf(whomLabels)}
            value={values.whomType}
            onChange={(type) => fields.set("whomType", type)}
          />
          <TextInput
            label={values.whomType === "field" ? "Field" : whomLabels[values.whomType]}
            description={whomHints[values.whomType]}
            placeholder={whomPlaceholders[values.whomType]}
            required
            {...fields.text("whom")}
          />
          <Textarea
            label="Message"
            description="{title}, {number}, {severity}, {detection} and {time} are filled in."
            autosize
            minRows={2}
            maxLength={1000}
            required
            {...fields.text("question")}
          />
          <Select
            label="Answer type"
            data={optionsOf(answerLabels)}
            allowDeselect={false}
            {...fields.pick("answers")}
          />
          <Select
            label="Open for"
            data={optionsOf(openForLabels)}
            allowDeselect={false}
            {...fields.pick("openFor")}
          />
          <Switch
            label="Second factor"
            description={secondFactorHint}
            checked={values.secondFactor}
            error={fields.errorAt("secondFactor")}
            onChange={(event) => fields.set("secondFactor", event.currentTarget.checked)}
          />
          {values.answers === "text" ? null : (
            <Select
              label="After Yes"
              description="A Critical alert is never resolved."
              data={optionsOf(onYesLabels)}
              allowDeselect={false}
              {...fields.pick("onYes")}
            />
          )}
          {values.answers !== "text" && values.onYes === "comment" ? (
            <TextInput label="Comment" required maxLength={1000} {...fields.text("comment")} />
          ) : null}
          <Select
            label="After No, or without an answer"
            description="The assignee is mentioned, else those whom the destination mentions."
            data={optionsOf(onNoLabels)}
            allowDeselect={false}
            {...fields.pick("onNo")}
          />
          {values.onNo === "send" ? (
            <Select
              label="Destination"
              data={destinations.map(({ id, displayName }) => ({ value: id, label: displayName }))}
              required
              searchable
              {...fields.pick("destination")}
            />
          ) : null}
          <div>
            <Button
              variant="default"
              size="compact-sm"
              loading={preview.isPending}
              onClick={() => preview.mutate(values)}
            >
              Preview on the newest alert
            </Button>
          </div>
          {preview.data ? (
            <section aria-live="polite">
              <p>
                {preview.data.to === null
                  ? `#${preview.data.alert.number}: ${preview.data.why}.`
                  : `For #${preview.data.alert.number}, ${preview.data.to} would see exactly this:`}
              </p>
              <MessageParts parts={preview.data.parts} />
            </section>
          ) : null}
        </Stack>
      ) : null}
    </FormDialog>
  );
}
