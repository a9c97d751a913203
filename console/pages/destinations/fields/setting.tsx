import { Input, SegmentedControl, Switch, TagsInput, TextInput } from "@mantine/core";
import type { DestinationBody, Field } from "../../../../src/deliver/contract.ts";
import type { Header, SettingValue } from "../settings.ts";
import { HeadersEditor } from "./headers.tsx";

interface Props {
  field: Field;
  edited: DestinationBody | undefined;
  value: SettingValue | undefined;
  error: string | undefined;
  onChange: (value: SettingValue) => void;
}

/** The input of one setting, as its destination type describes it. */
export function SettingField({ field, edited, value, error, onChange }: Props) {
  const { name, label, placeholder } = field;
  const hint = (edited && field.editHint) ?? field.hint;
  const common = { label, description: hint, error };
  switch (field.input) {
    case "text":
    case "url":
      return (
        <TextInput
          {...common}
          name={name}
          placeholder={placeholder}
          type={field.input}
          required={field.required}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "secret":
      return (
        <TextInput
          {...common}
          name={name}
          placeholder={edited ? keepText(edited, name) : placeholder}
          type="password"
          autoComplete="off"
          required={field.required && !edited}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "list":
      return (
        <TagsInput
          {...common}
          placeholder={listOf(value).length > 0 ? undefined : placeholder}
          withAsterisk={field.required}
          splitChars={[",", ";", " "]}
          acceptValueOnBlur
          value={listOf(value)}
          onChange={onChange}
        />
      );
    case "headers":
      return (
        <HeadersEditor
          hint={hint}
          storedNames={listOf(edited?.headerNames)}
          value={headersOf(value)}
          error={error}
          onChange={onChange}
        />
      );
    case "switch":
      return (
        <Switch
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <Input.Wrapper {...common} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={label}
              mt={6}
              data={field.options ?? []}
              value={textOf(value)}
              onChange={onChange}
            />
          </div>
        </Input.Wrapper>
      );
    default:
      return field.input satisfies never;
  }
}

/** Says which stored value an empty input keeps, as far as people may see it. */
function keepText({ hints }: DestinationBody, name: string): string {
  const hint = typeof hints === "object" && hints !== null ? new Map(Object.entries(hints)).get(name) : null;
  return typeof hint === "string" ? `Leave empty to keep ${hint}` : "Leave empty to keep it";
}

function textOf(value: SettingValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function headersOf(value: SettingValue | undefined): Header[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "object") : [];
}
