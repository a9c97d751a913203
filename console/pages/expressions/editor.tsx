import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef, useState } from "react";
import {
  type ExpressionField,
  type Expressions,
  expressionFields,
  firstExpressions,
  identityFields,
} from "../../../src/alert/expressions.ts";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { fieldErrors } from "../../forms/use-fields.ts";
import { ExpressionInput } from "./expression-input.tsx";
import css from "./expressions.module.css";
import { fieldGroups } from "./fields.ts";
import { LastBodies } from "./last-bodies.tsx";
import { outcomeOf } from "./outcome.ts";
import { Result } from "./result.tsx";
import { SampleField, type SampleFieldHandle } from "./sample-field.tsx";
import { samplePaths } from "./sample-paths.ts";

/** Long enough for a word to be typed. */
const settleMs = 350;

interface Props {
  source: SourceBody;
  kind: SourceKindBody;
}

export function ExpressionsEditor({ source, kind }: Props) {
  const stored = source.expressions ?? (kind.byExpressions ? firstExpressions : {});
  const [expressions, setExpressions] = useState<Expressions>(stored);
  const [sample, setSample] = useState(() => JSON.stringify(kind.sample, null, 2));
  const [index, setIndex] = useState(0);
  const sampleField = useRef<SampleFieldHandle>(null);
  const save = useApiMutation({
    mutationFn: (values: Expressions) => setupApi.changeSource(source.id, { expressions: toStore(values) }),
    invalidates: "sources",
    success: "Expressions saved.",
    failure: "in the form",
  });
  const preview = usePreview({ source, expressions: onlyGiven(expressions), sample });
  const paths = useMemo(() => samplePaths(sample, expressions.reports), [sample, expressions.reports]);
  const fields = kind.byExpressions ? expressionFields : identityFields;
  const refused = fieldErrors(save.error, "expressions");
  const outcomes = new Map(
    fields.map((field) => [field, outcomeOf(field, preview.data, { index, refused: refused.get(field) })]),
  );
  const marks = [...outcomes.values()].flatMap((outcome) => (outcome?.path ? [outcome.path] : []));
  const isChanged = JSON.stringify(onlyGiven(expressions)) !== JSON.stringify(onlyGiven(stored));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(onlyGiven(expressions));
  };
  return (
    <form className={css.editor} onSubmit={submit}>
      <div className={css.left}>
        <SampleField
          ref={sampleField}
          sourceId={source.id}
          value={sample}
          example={kind.sample}
          marks={marks}
          onChange={setSample}
        />
        {fieldGroups.map(({ title, fields: grouped }) => {
          const shown = grouped.filter((field) => fields.some((one) => one === field));
          return shown.length === 0 ? null : (
            <fieldset key={title} className={css.group}>
              <legend>{title}</legend>
              {shown.map((field) => (
                <ExpressionInput
                  key={field}
                  field={field}
                  value={expressions[field] ?? ""}
                  paths={paths}
                  outcome={outcomes.get(field)}
                  onChange={(value) => setExpressions((before) => ({ ...before, [field]: value }))}
                  onShow={(path) => sampleField.current?.show(path)}
                />
              ))}
            </fieldset>
          );
        })}
      </div>
      <div className={css.right}>
        <Result query={preview} index={index} onIndex={setIndex} />
        <LastBodies sourceId={source.id} expressions={toStore(onlyGiven(expressions))} />
        <FormError error={save.error} fields={["expressions"]} />
        <div className={css.actions}>
          <span className={css.dimmed}>{isChanged ? "Not saved yet" : ""}</span>
          <Button type="submit" loading={save.isPending} disabled={!isChanged}>
            Save expressions
          </Button>
        </div>
      </div>
    </form>
  );
}

interface Tried {
  source: SourceBody;
  expressions: Expressions;
  sample: string;
}

/** What would become of the sample, a moment after the last change. */
function usePreview({ source, expressions, sample }: Tried) {
  const { kind, name, defaultSeverity, severityWords } = source;
  const [tried] = useDebouncedValue(
    JSON.stringify({ kind, name, defaultSeverity, severityWords, expressions, sample }),
    settleMs,
  );
  return useQuery({
    queryKey: ["source-preview", tried],
    queryFn: () => setupApi.previewSource(JSON.parse(tried)),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

function onlyGiven(expressions: Expressions): Expressions {
  const given = (field: ExpressionField) => expressions[field]?.trim();
  return Object.fromEntries(
    expressionFields.flatMap((field) => (given(field) ? [[field, given(field)]] : [])),
  );
}

function toStore(expressions: Expressions): Expressions | null {
  return Object.keys(expressions).length > 0 ? expressions : null;
}
