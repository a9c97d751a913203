import { Input, SegmentedControl, Switch, TagsInput, TextInput } from "@mantine/core";
import type { DestinationBody, Field } from "../../../../src/deliver/contract.ts";
import { type Header, hintOf, type SettingValue } from "../settings.ts";
import { HeadersEditor } from "./headers.tsx";

interface Props {
  field: Field;
  edited: DestinationBody | undefined;
  value: SettingValue | undefined;
  error: string | undefined;
  onChange: (value: SettingValue) => void;
  /** The origin that the destination leaves, to which its stored secrets stay bound; null if it stays there. */
  left: string | null;
}

/** The input of one setting, as its destination type describes it. */
export function SettingField({ field, edited, value, error, onChange, left }: Props) {
  const { name, label, placeholder } = field;
  const isSecret = field.input === "secret" || field.input === "headers";
  const again = left !== null && isSecret && !field.address;
  const hint = again ? againHint(left) : ((edited && field.editHint) ?? field.hint);
  const common = { label, description: hint, error };
  switch (field.input) {
    case "text":
      return (
        <TextInput
          {...common}
          name={name}
          placeholder={placeholder}
          type="text"
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
          placeholder={again ? undefined : edited ? keepText(edited, name) : placeholder}
          type={field.address ? "text" : "password"}
          autoComplete="off"
          spellCheck={false}
          required={again || (field.required && !edited)}
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
          isKept={!again}
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
function keepText(edited: DestinationBody, name: string): string {
  return `Leave empty to keep ${hintOf(edited, name) ?? "it"}`;
}

function againHint(origin: string): string {
  return `What is stored is only sent to ${origin}. Enter it again for the new address.`;
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
