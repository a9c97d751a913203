import { ActionIcon, Button, Input, TextInput } from "@mantine/core";
import { Icon } from "../../../components/icon.tsx";
import css from "../destinations.module.css";
import type { Header } from "../settings.ts";

interface Props {
  hint: string;
  /** Names of the headers whose values are stored. */
  storedNames: string[];
  /** Whether an empty value keeps the stored one. */
  isKept: boolean;
  value: Header[];
  error: string | undefined;
  onChange: (headers: Header[]) => void;
}

/** The custom headers of a webhook. Values can be set but never read back. */
export function HeadersEditor({ hint, storedNames, isKept, value: headers, error, onChange }: Props) {
  const setHeader = (index: number, header: Header) => onChange(headers.with(index, header));
  return (
    <fieldset className={css.group}>
      <legend>Headers</legend>
      <p>{hint}</p>
      {headers.map((header, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: headers have no id, and their names change while typing.
        <div key={index} className={css.header}>
          <TextInput
            aria-label={`Name of header ${index + 1}`}
            placeholder="Authorization"
            value={header.name}
            onChange={(event) => setHeader(index, { ...header, name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Value of header ${index + 1}`}
            type="password"
            autoComplete="off"
            placeholder={isKept && storedNames.includes(header.name) ? "Leave empty to keep it" : "Value"}
            required={!isKept && header.name !== ""}
            value={header.value}
            onChange={(event) => setHeader(index, { ...header, value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove header ${index + 1}`}
            onClick={() => onChange(headers.toSpliced(index, 1))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Icon name="plus" size={12} />}
        onClick={() => onChange([...headers, { name: "", value: "" }])}
      >
        Add header
      </Button>
      {error ? <Input.Error role="alert">{error}</Input.Error> : null}
    </fieldset>
  );
}
