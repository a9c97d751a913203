import { Button, Checkbox, Group, Input } from "@mantine/core";
import { keysOf } from "./choices.ts";
import css from "./forms.module.css";

interface Props<K extends string> {
  label: string;
  options: Partial<Record<K, string>>;
  /** What each option means, below its label. */
  descriptions?: Partial<Record<K, string>>;
  /** Options that keep their state. */
  disabled?: readonly K[];
  value: K[];
  error: string | undefined;
  onChange: (value: K[]) => void;
}

/** A group of checkboxes, with a button that selects all or none. */
export function CheckGroup<K extends string>({
  label,
  options,
  descriptions,
  disabled = [],
  value,
  error,
  onChange,
}: Props<K>) {
  const all = keysOf(options);
  const free = all.filter((key) => !disabled.includes(key));
  const kept = value.filter((key) => disabled.includes(key));
  const allSelected = free.every((key) => value.includes(key));
  const toggle = (key: K) =>
    onChange(value.includes(key) ? value.filter((item) => item !== key) : [...value, key]);
  return (
    <fieldset className={css.group}>
      <Group justify="space-between">
        <legend>{label}</legend>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => onChange(allSelected ? kept : [...kept, ...free])}
        >
          {allSelected ? "Select none" : "Select all"}
        </Button>
      </Group>
      <div className={descriptions ? css.describedChecks : css.checks}>
        {all.map((key) => (
          <Checkbox
            key={key}
            size={descriptions ? "sm" : "xs"}
            label={options[key]}
            description={descriptions?.[key]}
            disabled={disabled.includes(key)}
            checked={value.includes(key)}
            onChange={() => toggle(key)}
          />
        ))}
      </div>
      {error ? <Input.Error role="alert">{error}</Input.Error> : null}
    </fieldset>
  );
}
