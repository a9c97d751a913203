import { ActionIcon, Button, Input, TextInput } from "@mantine/core";
import { Icon } from "../../../components/icon.tsx";
import css from "../destinations.module.css";

export interface Header {
  name: string;
  /** Empty: the stored one stays. */
  value: string;
}

interface Props {
  /** The names whose values are stored. */
  stored: string[];
  value: Header[];
  error: string | undefined;
  onChange: (headers: Header[]) => void;
}

/** The own headers of a webhook: values can be written, and never read back. */
export function HeadersEditor({ stored, value: headers, error, onChange }: Props) {
  const put = (at: number, header: Header) => onChange(headers.with(at, header));
  return (
    <fieldset className={css.headers}>
      <legend>Headers</legend>
      <p>
        Sent with each event, as an Authorization that your receiver checks. Values are never shown again.
      </p>
      {headers.map((header, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its name changes while one types.
        <div key={at} className={css.header}>
          <TextInput
            aria-label={`Name of header ${at + 1}`}
            placeholder="Authorization"
            value={header.name}
            onChange={(event) => put(at, { ...header, name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Value of header ${at + 1}`}
            type="password"
            autoComplete="off"
            placeholder={stored.includes(header.name) ? "Leave empty to keep it" : "Value"}
            value={header.value}
            onChange={(event) => put(at, { ...header, value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove header ${at + 1}`}
            onClick={() => onChange(headers.toSpliced(at, 1))}
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
