import { Autocomplete, SegmentedControl, TagsInput } from "@mantine/core";
import type { BoomerangDraftBody } from "../../../../src/http/contract/boomerang-draft.ts";
import css from "./boomerang.module.css";
import type { AskValues } from "./ask-values.ts";

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
