import { Combobox, Textarea, useCombobox } from "@mantine/core";
import { type ChangeEvent, useRef, useState } from "react";
import { type ExpressionField, maxExpressionLength } from "../../../src/alert/expressions.ts";
import { Icon } from "../../components/icon.tsx";
import css from "./expressions.module.css";
import { fieldTexts } from "./fields.ts";
import type { Outcome } from "./outcome.ts";
import { completions, type SamplePath, typedPath } from "./sample-paths.ts";

interface Props {
  field: ExpressionField;
  value: string;
  /** The paths of the sample, for completion. */
  paths: SamplePath[];
  outcome: Outcome | null | undefined;
  onChange: (value: string) => void;
  /** Shows a place in the sample. */
  onShow: (path: (string | number)[]) => void;
}

/** One expression, with completion of the sample's paths, and below it what it gave. */
export function ExpressionInput({ field, value, paths, outcome, onChange, onShow }: Props) {
  const { label, hint, example } = fieldTexts[field];
  const input = useRef<HTMLTextAreaElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [caret, setCaret] = useState(0);
  const typed = typedPath(value, caret);
  const found = completions(paths, typed.text);
  const isOpen = combobox.dropdownOpened && found.length > 0;

  const change = ({ currentTarget }: ChangeEvent<HTMLTextAreaElement>) => {
    setCaret(currentTarget.selectionStart);
    onChange(currentTarget.value);
    combobox.openDropdown();
    combobox.updateSelectedOptionIndex();
  };
  const complete = (path: string) => {
    onChange(value.slice(0, typed.start) + path + value.slice(caret));
    combobox.closeDropdown();
    select(input.current, typed.start + path.length);
  };
  return (
    <div>
      <Combobox store={combobox} onOptionSubmit={complete} withinPortal={false}>
        <Combobox.Target withKeyboardNavigation={isOpen}>
          <Textarea
            ref={input}
            label={label}
            description={hint}
            placeholder={example}
            autosize
            minRows={1}
            maxRows={8}
            maxLength={maxExpressionLength}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            required={field === "title"}
            withAsterisk={field === "title"}
            classNames={{ input: css.code }}
            error={
              outcome?.state === "error" ? (
                <Said outcome={outcome} onShow={onShow} input={input.current} />
              ) : null
            }
            value={value}
            onChange={change}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        {isOpen ? (
          <Combobox.Dropdown className={css.completions}>
            <Combobox.Options aria-label={`Paths for ${label}`}>
              {found.map(({ path, value: shown }) => (
                <Combobox.Option key={path} value={path}>
                  <code>{path}</code> <span>{shown}</span>
                </Combobox.Option>
              ))}
            </Combobox.Options>
          </Combobox.Dropdown>
        ) : null}
      </Combobox>
      {outcome && outcome.state !== "error" ? (
        <Said outcome={outcome} onShow={onShow} input={input.current} />
      ) : null}
    </div>
  );
}

interface SaidProps {
  outcome: Outcome;
  onShow: (path: (string | number)[]) => void;
  input: HTMLTextAreaElement | null;
}

function Said({ outcome: { state, text, at, path }, onShow, input }: SaidProps) {
  return (
    <span className={css.said} data-state={state}>
      {state === "ok" ? <Icon name="right" size={12} /> : <Icon name="warning" size={14} />}
      <span className="wrap">
        {text}
        {at === undefined ? null : (
          <button type="button" onClick={() => select(input, at, at + 1)}>
            Go there
          </button>
        )}
        {path && state !== "ok" ? (
          <button type="button" onClick={() => onShow(path)}>
            Show in sample
          </button>
        ) : null}
      </span>
    </span>
  );
}

/** After the next drawing, when the new text is there. */
function select(input: HTMLTextAreaElement | null, start: number, end = start): void {
  requestAnimationFrame(() => {
    input?.focus();
    input?.setSelectionRange(start, end);
  });
}
