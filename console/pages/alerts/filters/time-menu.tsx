import { Button, Popover, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../components/icon.tsx";
import { keysOf } from "../../../forms/choices.ts";
import css from "./filters.module.css";
import { type Filters, withinWords } from "./filters.ts";

type Span = Pick<Filters, "within" | "after" | "before">;

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });

/** The chip for when an alert was opened: a span back from now, or from and until. */
export function TimeMenu({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const [opened, setOpened] = useState(false);
  const choose = (next: Span) => {
    onChange({ within: undefined, after: undefined, before: undefined, ...next });
    setOpened(false);
  };
  const summary = sayIn(span);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={260} shadow="md">
      <Popover.Target>
        <button
          type="button"
          className={css.chip}
          data-active={summary !== undefined || undefined}
          onClick={() => setOpened((before) => !before)}
        >
          Opened
          {summary ? <span className={css.summary}>{summary}</span> : null}
          <Icon name="down" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="When it was opened">
        <Stack gap="xs">
          {keysOf(withinWords).map((within) => (
            <Button
              key={within}
              variant={span.within === within ? "light" : "subtle"}
              color={span.within === within ? undefined : "gray"}
              justify="flex-start"
              onClick={() => choose({ within })}
            >
              {withinWords[within]}
            </Button>
          ))}
          <Range span={span} onChoose={choose} />
          {summary ? (
            <Button variant="subtle" color="gray" justify="flex-start" onClick={() => choose({})}>
              Any time
            </Button>
          ) : null}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Range({ span, onChoose }: { span: Span; onChoose: (span: Span) => void }) {
  const [after, setAfter] = useState(localOf(span.after));
  const [before, setBefore] = useState(localOf(span.before));
  return (
    <>
      <TextInput
        type="datetime-local"
        label="From"
        value={after}
        onChange={(event) => setAfter(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label="Until"
        value={before}
        onChange={(event) => setBefore(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={!after && !before}
        onClick={() => onChoose({ after: isoOf(after), before: isoOf(before) })}
      >
        Show this time
      </Button>
    </>
  );
}

function sayIn({ within, after, before }: Span): string | undefined {
  if (within) return withinWords[within];
  const from = after ? `from ${day.format(new Date(after))}` : "";
  const until = before ? `until ${day.format(new Date(before))}` : "";
  return [from, until].filter(Boolean).join(" ") || undefined;
}

/** What a datetime-local input takes: the browser's own time, without a zone. */
function localOf(iso: string | undefined): string {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function isoOf(local: string): string | undefined {
  return local ? new Date(local).toISOString() : undefined;
}
