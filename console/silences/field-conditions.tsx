import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { FieldCondition } from "../../src/alert/silence.ts";
import { Icon } from "../components/icon.tsx";
import { reveal } from "../components/reveal.ts";
import css from "./silences.module.css";

interface Props {
  value: FieldCondition[];
  errors: Map<string, string>;
  error: string | undefined;
  /** Fields that can be added with a click. */
  offered: { path: string; value: string }[];
  onChange: (value: FieldCondition[]) => void;
}

const ops = [
  { value: "equals", label: "is" },
  { value: "matches", label: "matches" },
];

/** Conditions about fields of the context. */
export function FieldConditions({ value, errors, error, offered, onChange }: Props) {
  const set = (at: number, change: Partial<FieldCondition>) =>
    onChange(value.map((field, n) => (n === at ? { ...field, ...change } : field)));
  const free = offered.filter(({ path }) => value.every((field) => field.path !== path));
  return (
    <fieldset className={css.fields}>
      <legend>Fields of the context</legend>
      {value.map(({ path, op, value: text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own.
        <div key={at} className={css.field}>
          <TextInput
            aria-label={`Field ${at + 1}`}
            placeholder="actor.email"
            value={path}
            error={errors.get(`${at}.path`)}
            onChange={(event) => set(at, { path: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label={`Comparison ${at + 1}`}
            data={ops}
            value={op}
            onChange={(event) =>
              set(at, { op: event.currentTarget.value === "matches" ? "matches" : "equals" })
            }
          />
          <TextInput
            aria-label={`Value ${at + 1}`}
            placeholder={op === "matches" ? "*@acme.example" : "eve@acme.example"}
            value={text}
            error={errors.get(`${at}.value`)}
            onChange={(event) => set(at, { value: event.currentTarget.value })}
          />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={`Remove field ${at + 1}`}
            onClick={() => onChange(value.filter((_, n) => n !== at))}
          >
            <Icon name="close" size={12} />
          </Button>
        </div>
      ))}
      {error && errors.size === 0 ? <p role="alert">{error}</p> : null}
      <div className={css.offers}>
        {free.map((field) => (
          <Button
            key={field.path}
            variant="default"
            size="compact-xs"
            leftSection={<Icon name="plus" size={10} />}
            onClick={() => onChange([...value, { ...field, op: "equals" }])}
          >
            {reveal(`${field.path}: ${field.value}`)}
          </Button>
        ))}
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<Icon name="plus" size={10} />}
          onClick={() => onChange([...value, { path: "", op: "equals", value: "" }])}
        >
          Field…
        </Button>
      </div>
    </fieldset>
  );
}
