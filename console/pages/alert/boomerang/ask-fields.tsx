import { Autocomplete, Button, SegmentedControl, TagsInput } from "@mantine/core";
import type { RefObject } from "react";
import type { BoomerangDraftBody } from "../../../../src/boomerang/contract.ts";
import type { AskValues } from "./ask-values.ts";
import css from "./boomerang.module.css";

interface Props {
  draft: BoomerangDraftBody;
  values: AskValues;
  error: string | undefined;
  onChange: <K extends "whom" | "to" | "channel">(name: K, value: AskValues[K]) => void;
}

const mostPeople = 5;

/** Up to five people, or a channel. */
export function Whom({ draft, values, error, onChange }: Props) {
  const { suggested, people, channels } = draft;
  const names = new Map(
    [...people, ...(suggested ? [suggested] : [])].map(({ email, name }) => [email, name]),
  );
  const fits = (email: string, search: string) =>
    `${names.get(email)} ${email}`.toLowerCase().includes(search.trim().toLowerCase());
  const hint = suggested ? `The alert names ${suggested.name}.` : "The alert names nobody who can be asked.";
  return (
    <div className={css.whom}>
      <SegmentedControl
        aria-label="Ask people or a channel"
        size="xs"
        data={[
          { value: "people", label: "People" },
          { value: "channel", label: "A channel" },
        ]}
        value={values.whom}
        onChange={(whom) => onChange("whom", whom === "channel" ? "channel" : "people")}
      />
      {values.whom === "people" ? (
        <TagsInput
          label="People"
          description={`Up to five, by name or e-mail. ${hint}`}
          placeholder={values.to.length === 0 ? "eve@acme.example" : ""}
          maxTags={mostPeople}
          splitChars={[",", ";"]}
          limit={20}
          filter={({ options, search }) =>
            options.filter((option) => "value" in option && fits(option.value, search))
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
          description="Any full member of it may answer, once for all, but not you."
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
  /** Where the caret stands. */
  into: RefObject<HTMLTextAreaElement | null>;
  /** Gets the whole message. */
  onInsert: (message: string) => void;
}

/** Puts what the alert says into the message, where the caret is. */
export function InsertField({ fields, into, onInsert }: InsertFieldProps) {
  const insert = (value: string) => {
    const area = into.current;
    if (!area) return;
    const { value: text, selectionStart, selectionEnd } = area;
    onInsert(text.slice(0, selectionStart) + value + text.slice(selectionEnd));
    const caret = selectionStart + value.length;
    area.focus();
    requestAnimationFrame(() => area.setSelectionRange(caret, caret));
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
