import { Group, Select, Switch, TextInput } from "@mantine/core";
import type { ChangeEvent } from "react";
import type { Severity } from "../../../src/alert/alert.ts";
import { severityLabels } from "../../../src/alert/alert.ts";
import { type ResolvePolicy, reopenText, resolvePolicyLabels } from "../../../src/alert/report.ts";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { optionsOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { type FormFields, useFields } from "../../forms/use-fields.ts";
import { KindSelect } from "./kind-select.tsx";
import type { NewKey } from "./new-key.tsx";

interface Props {
  kinds: SourceKindBody[];
  /** Undefined for a new source. */
  edited: SourceBody | undefined;
  onClose: () => void;
  onCreated: (key: NewKey) => void;
}

export function SourceForm({ kinds, edited, onClose, onCreated }: Props) {
  const save = useApiMutation({
    mutationFn: (values: Values) => store(edited?.id, values),
    invalidates: "sources",
    failure: "in the form",
    onSuccess(created) {
      onClose();
      if (created) onCreated({ source: created, key: created.key });
    },
  });
  const fields = useFields(initial(edited, kinds), save.error);
  const { rateLimit } = fields.values;
  const rate = (name: keyof Values["rateLimit"]) => ({
    name,
    value: rateLimit[name],
    error: fields.errorsIn("rateLimit").get(name),
    onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) =>
      fields.set("rateLimit", { ...rateLimit, [name]: value }),
  });
  return (
    <FormDialog
      title={edited ? `Edit ${edited.name}` : "Add a source"}
      action={edited ? "Save" : "Add source"}
      busy={save.isPending}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      {edited ? null : <KindSelect kinds={kinds} {...fields.pick("kind")} />}
      <TextInput label="Name" required maxLength={100} data-autofocus {...fields.text("name")} />
      <Select
        label="Default severity"
        description="For reports without a severity."
        data={optionsOf(severityLabels)}
        allowDeselect={false}
        {...fields.pick("defaultSeverity")}
      />
      <Select
        label="Can resolve alerts"
        description="When the tool reports that the problem is over. If the alert stays open, its history says why."
        data={optionsOf(resolvePolicyLabels)}
        allowDeselect={false}
        {...fields.pick("resolves")}
      />
      <Select
        label="Reopens alerts"
        description="When reports say something new about an alert that a person closed. A more severe one does so at once, unless never."
        data={reopenOptions(edited?.reopenAfter)}
        allowDeselect={false}
        {...fields.pick("reopenAfter")}
      />
      <TextInput
        label="Fields on cards"
        description="Shown when several alerts have the same title, such as labels.pod, user.name. Leave empty for those that differ."
        {...fields.text("cardFields")}
      />
      <Group grow align="start">
        <TextInput
          label="Reports per second"
          description="More get 429 and can be sent again."
          inputMode="numeric"
          required
          {...rate("perSecond")}
        />
        <TextInput
          label="Reports at once"
          description="How many may come together before that counts."
          inputMode="numeric"
          required
          {...rate("burst")}
        />
      </Group>
      <AttentionFields fields={fields} />
    </FormDialog>
  );
}

/** When Tocsin raises an alert about the source itself. */
function AttentionFields({ fields }: { fields: FormFields<Values> }) {
  const { attention } = fields.values;
  const set = (change: Partial<Values["attention"]>) => fields.set("attention", { ...attention, ...change });
  return (
    <>
      <Switch
        label="Raise an alert when it falls silent"
        description="If it sent something in each of the last 7 such periods. It is CRITICAL, and resolves by itself."
        checked={attention.noData}
        onChange={({ currentTarget: { checked } }) => set({ noData: checked })}
      />
      {attention.noData ? (
        <TextInput
          label="Hours of silence"
          inputMode="numeric"
          required
          value={attention.noDataHours}
          error={fields.errorsIn("attention").get("noDataHours")}
          onChange={({ currentTarget: { value } }) => set({ noDataHours: value })}
        />
      ) : null}
      <Switch
        label="Raise an alert when its bodies become unreadable"
        description="When more than half of those of an hour are refused, and at least 3."
        checked={attention.unreadable}
        onChange={({ currentTarget: { checked } }) => set({ unreadable: checked })}
      />
    </>
  );
}

const reopenName = (after: number | null) => (after === null ? "never" : String(after));

/** The usual choices, and the one that the API has set. */
function reopenOptions(chosen: number | null = 3): { value: string; label: string }[] {
  const after = [...new Set([1, 2, 3, 5, 10, ...(chosen === null ? [] : [chosen])])].toSorted(
    (a, b) => a - b,
  );
  return [
    { value: "never", label: "Never" },
    ...after.map((count) => ({ value: String(count), label: reopenText(count) })),
  ];
}

interface Values {
  kind: string;
  name: string;
  defaultSeverity: Severity;
  resolves: ResolvePolicy;
  /** A number, or "never". */
  reopenAfter: string;
  /** With commas between them. */
  cardFields: string;
  rateLimit: { perSecond: string; burst: string };
  attention: { noData: boolean; noDataHours: string; unreadable: boolean };
}

function initial(edited: SourceBody | undefined, kinds: SourceKindBody[]): Values {
  return {
    kind: edited?.kind ?? kinds[0]?.kind ?? "",
    name: edited?.name ?? "",
    defaultSeverity: edited?.defaultSeverity ?? "MEDIUM",
    resolves: edited?.resolves ?? "untouched",
    reopenAfter: edited ? reopenName(edited.reopenAfter) : "3",
    cardFields: edited?.cardFields.join(", ") ?? "",
    rateLimit: {
      perSecond: String(edited?.rateLimit.perSecond ?? 200),
      burst: String(edited?.rateLimit.burst ?? 2000),
    },
    attention: {
      noData: edited?.attention.noData ?? true,
      noDataHours: String(edited?.attention.noDataHours ?? 24),
      unreadable: edited?.attention.unreadable ?? true,
    },
  };
}

/** Returns the created source with its key, or null after an edit, which has no key to show. */
async function store(
  id: string | undefined,
  { kind, rateLimit, cardFields, attention, reopenAfter, ...rest }: Values,
) {
  const { perSecond, burst } = rateLimit;
  const values = {
    ...rest,
    reopenAfter: reopenAfter === "never" ? null : Number(reopenAfter),
    cardFields: cardFields
      .split(",")
      .map((path) => path.trim())
      .filter(Boolean),
    rateLimit: { perSecond: Number(perSecond), burst: Number(burst) },
    attention: { ...attention, noDataHours: Number(attention.noDataHours) },
  };
  if (!id) return setupApi.addSource({ kind, ...values });
  await setupApi.changeSource(id, values);
  return null;
}
