import { Autocomplete, Button, SegmentedControl, TagsInput } from "@mantine/core";
import type { RefObject } from "react";
import type { BoomerangDraftBody } from "../../../../src/boomerang/contract.ts";
import css from "./boomerang.module.css";
import type { BoomerangValues } from "./boomerang-values.ts";

interface Props {
  draft: BoomerangDraftBody;
  values: BoomerangValues;
  error: string | undefined;
  onChange: <K extends "recipientType" | "to" | "channel">(name: K, value: BoomerangValues[K]) => void;
}

const maxPeople = 5;

/** The recipients of a Boomerang: up to five people, or a channel. */
export function RecipientFields({ draft, values, error, onChange }: Props) {
  const { suggested, people, channels } = draft;
  const names = new Map(
    [...people, ...(suggested ? [suggested] : [])].map(({ email, name }) => [email, name]),
  );
  const matches = (email: string, search: string) =>
    `${names.get(email)} ${email}`.toLowerCase().includes(search.trim().toLowerCase());
  const hint = suggested
    ? `The alert mentions ${suggested.name}.`
    : "The alert mentions nobody who can be asked.";
  return (
    <div className={css.recipientFields}>
      <SegmentedControl
        aria-label="Ask people or a channel"
        size="xs"
        data={[
          { value: "people", label: "People" },
          { value: "channel", label: "A channel" },
        ]}
        value={values.recipientType}
        onChange={(type) => onChange("recipientType", type === "channel" ? "channel" : "people")}
      />
      {values.recipientType === "people" ? (
        <TagsInput
          label="People"
          description={`Up to five people, by name or email. ${hint}`}
          placeholder={values.to.length === 0 ? "eve@acme.example" : ""}
          maxTags={maxPeople}
          splitChars={[",", ";"]}
          limit={20}
          filter={({ options, search }) =>
            options.filter((option) => "value" in option && matches(option.value, search))
          }
          data={[...names.keys()]}
          renderOption={({ option }) => (
            <span className={css.person}>
              {names.get(option.value)}
              <small>{option.value}</small>
            </span>
          )}
          acceptValueOnBlur
          error={error}
          value={values.to}
          onChange={(to) => onChange("to", to)}
        />
      ) : (
        <Autocomplete
          label="Channel"
          description="Any full member except you can answer. The first answer counts for the whole channel."
          placeholder="#platform"
          data={channels.map(({ name }) => `#${name}`)}
          error={error}
          value={values.channel}
          onChange={(channel) => onChange("channel", channel)}
        />
      )}
    </div>
  );
}

interface InsertFieldProps {
  fields: { name: string; value: string }[];
  /** The message field to insert into. */
  textarea: RefObject<HTMLTextAreaElement | null>;
  /** Called with the whole message. */
  onInsert: (message: string) => void;
}

/** Buttons that insert a field of the alert into the message at the cursor. */
export function InsertField({ fields, textarea, onInsert }: InsertFieldProps) {
  const insert = (value: string) => {
    const area = textarea.current;
    if (!area) return;
    const { value: text, selectionStart, selectionEnd } = area;
    onInsert(text.slice(0, selectionStart) + value + text.slice(selectionEnd));
    const cursor = selectionStart + value.length;
    area.focus();
    requestAnimationFrame(() => area.setSelectionRange(cursor, cursor));
  };
  return (
    <fieldset className={css.insert}>
      <legend>Insert</legend>
      {fields.map(({ name, value }) => (
        <Button
          key={name}
          variant="default"
          size="compact-xs"
          title={value}
          aria-label={`Insert the alert's ${name}`}
          onClick={() => insert(value)}
        >
          {name}
        </Button>
      ))}
    </fieldset>
  );
}
