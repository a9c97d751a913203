import { Combobox, useCombobox } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../components/icon.tsx";
import css from "./filters.module.css";

export interface Choice {
  value: string;
  label: string;
}

interface Props {
  label: string;
  choices: Choice[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** Accepts typed values that aren't in the list. */
  allowCustom?: boolean;
  /** Shown beside the label while nothing is chosen. */
  fallback?: string;
}

/** A chip above the list: shows the chosen values and opens a menu to choose several. */
export function FilterMenu({ label, choices, chosen, onChange, allowCustom, fallback }: Props) {
  const combobox = useCombobox({
    onDropdownClose: () => combobox.resetSelectedOption(),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const [text, setText] = useState("");
  const shown = filterChoices(withChosen(choices, chosen), text);
  const searchable = allowCustom || choices.length > 9;
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value]);
  const submit = (value: string) => {
    setText("");
    toggle(value);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={submit} width={260} position="bottom-start" withinPortal>
      <Combobox.Target targetType="button">
        <button
          type="button"
          className={css.chip}
          data-active={chosen.length > 0 || undefined}
          onClick={() => combobox.toggleDropdown()}
        >
          {label}
          <Summary labels={labelsOf(choices, chosen)} fallback={fallback} />
          <Icon name="down" size={12} />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {searchable ? (
          <Combobox.Search
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder={allowCustom ? "Choose or type" : "Search"}
            aria-label={`Search ${label}`}
          />
        ) : null}
        <Combobox.Options mah={300} className={css.options} aria-label={label}>
          {shown.map(({ value, label: text }) => (
            <Combobox.Option key={value} value={value} active={chosen.includes(value)}>
              <span className={css.tick}>
                {chosen.includes(value) ? <Icon name="check" size={14} /> : null}
              </span>
              <span className="wrap">{text}</span>
            </Combobox.Option>
          ))}
          {allowCustom && text.trim() && shown.length === 0 ? (
            <Combobox.Option value={text.trim()}>Filter by “{text.trim()}”</Combobox.Option>
          ) : null}
        </Combobox.Options>
        {chosen.length > 0 ? (
          <Combobox.Footer>
            <button type="button" className={css.clear} onClick={() => onChange([])}>
              Clear {label.toLowerCase()}
            </button>
          </Combobox.Footer>
        ) : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Summary({ labels, fallback }: { labels: string[]; fallback?: string }) {
  const text = labels.length > 2 ? `${labels.length} selected` : labels.join(", ");
  if (!text && !fallback) return null;
  return <span className={css.summary}>{text || fallback}</span>;
}

function withChosen(choices: Choice[], chosen: string[]): Choice[] {
  const listed = new Set(choices.map(({ value }) => value));
  const extra = chosen.filter((value) => !listed.has(value));
  return [...extra.map((value) => ({ value, label: value })), ...choices];
}

function labelsOf(choices: Choice[], chosen: string[]): string[] {
  return chosen.map((value) => choices.find((choice) => choice.value === value)?.label ?? value);
}

function filterChoices(choices: Choice[], text: string): Choice[] {
  const wanted = text.trim().toLowerCase();
  return choices.filter(({ label }) => label.toLowerCase().includes(wanted));
}
