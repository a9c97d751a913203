import { Button } from "@mantine/core";
import type { RefObject } from "react";
import css from "../../pages/alert/boomerang/boomerang.module.css";

interface Props {
  fields: { name: string; value: string }[];
  /** Where the caret stands. */
  into: RefObject<HTMLTextAreaElement | null>;
  /** Gets the whole message. */
  onInsert: (message: string) => void;
}

/** Puts what the alert says into the message, where the caret is. */
export function InsertField({ fields, into, onInsert }: Props) {
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
