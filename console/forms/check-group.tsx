import { Button, Checkbox, Group, Input } from "@mantine/core";
import { keysOf } from "./choices.ts";
import css from "./forms.module.css";

interface Props<K extends string> {
  label: string;
  words: Partial<Record<K, string>>;
  value: K[];
  error: string | undefined;
  onChange: (value: K[]) => void;
}

/** Several of a closed list, all of it in sight, with one button for all or none. */
export function CheckGroup<K extends string>({ label, words, value, error, onChange }: Props<K>) {
  const all = keysOf(words);
  const full = all.every((key) => value.includes(key));
  const toggle = (key: K) =>
    onChange(value.includes(key) ? value.filter((item) => item !== key) : [...value, key]);
  return (
    <fieldset className={css.group}>
      <Group justify="space-between">
        <legend>{label}</legend>
        <Button variant="subtle" size="compact-xs" onClick={() => onChange(full ? [] : all)}>
          {full ? "Choose none" : "Choose all"}
        </Button>
      </Group>
      <div className={css.checks}>
        {all.map((key) => (
          <Checkbox
            key={key}
            size="xs"
            label={words[key]}
            checked={value.includes(key)}
            onChange={() => toggle(key)}
          />
        ))}
      </div>
      {error ? <Input.Error role="alert">{error}</Input.Error> : null}
    </fieldset>
  );
}
