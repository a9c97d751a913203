import { Button, Popover, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../components/icon.tsx";
import { keysOf } from "../../../forms/choices.ts";
import css from "./filters.module.css";
import type { Filters } from "./filters.ts";
import { withinLabels } from "./time-range.ts";

type TimeRange = Pick<Filters, "within" | "after" | "before">;

const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });

/** The chip for a time: a range back from now, or between two times. */
export function TimeMenu({
  label,
  range,
  onChange,
}: {
  label: string;
  range: TimeRange;
  onChange: (range: TimeRange) => void;
}) {
  const [opened, setOpened] = useState(false);
  const choose = (next: TimeRange) => {
    onChange({ within: undefined, after: undefined, before: undefined, ...next });
    setOpened(false);
  };
  const summary = describeRange(range);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={260} shadow="md">
      <Popover.Target>
        <button
          type="button"
          className={css.chip}
          data-active={summary !== undefined || undefined}
          onClick={() => setOpened((before) => !before)}
        >
          {label}
          {summary ? <span className={css.summary}>{summary}</span> : null}
          <Icon name="down" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap="xs">
          {keysOf(withinLabels).map((within) => (
            <Button
              key={within}
              variant={range.within === within ? "light" : "subtle"}
              color={range.within === within ? undefined : "gray"}
              justify="flex-start"
              onClick={() => choose({ within })}
            >
              {withinLabels[within]}
            </Button>
          ))}
          <CustomRange range={range} onChoose={choose} />
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

function CustomRange({ range, onChoose }: { range: TimeRange; onChoose: (range: TimeRange) => void }) {
  const [after, setAfter] = useState(localOf(range.after));
  const [before, setBefore] = useState(localOf(range.before));
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
        Apply
      </Button>
    </>
  );
}

function describeRange({ within, after, before }: TimeRange): string | undefined {
  if (within) return withinLabels[within];
  const from = after ? `from ${dateTime.format(new Date(after))}` : "";
  const until = before ? `until ${dateTime.format(new Date(before))}` : "";
  return [from, until].filter(Boolean).join(" ") || undefined;
}

/** The value of a datetime-local input: local time without a zone. */
function localOf(iso: string | undefined): string {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function isoOf(local: string): string | undefined {
  return local ? new Date(local).toISOString() : undefined;
}
