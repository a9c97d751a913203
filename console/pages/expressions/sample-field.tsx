import { Button, Input } from "@mantine/core";
import { type ReactNode, type Ref, useId, useImperativeHandle, useRef, useState } from "react";
import css from "./expressions.module.css";
import { locateInJson, type Range } from "./locate-in-json.ts";
import { maxSampleLength, ReceivedBodies } from "./received-bodies.tsx";

type Path = (string | number)[];

export interface SampleFieldHandle {
  /** Selects a place of the sample and scrolls to it. */
  show: (path: Path) => void;
}

interface Props {
  ref: Ref<SampleFieldHandle>;
  sourceId: string;
  value: string;
  /** What the tool sends, by the description of its kind. */
  example: unknown;
  /** Places that led to a warning or an error. */
  marks: Path[];
  onChange: (value: string) => void;
}

/** Marks in longer texts would make typing slow. */
const maxMarkedLength = 50_000;

/** The sample that expressions are tried on. Places that led to an error are marked in it. */
export function SampleField({ ref, sourceId, value, example, marks, onChange }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [scrolled, setScrolled] = useState(0);
  useImperativeHandle(ref, () => ({
    show(path) {
      const range = locateInJson(value, path);
      if (range && area.current) scrollTo(area.current, range);
    },
  }));
  const ranges = value.length > maxMarkedLength ? [] : rangesOf(value, marks);
  return (
    <Input.Wrapper
      label="Sample"
      description="A body as the tool sends it. It is only tried here, and not stored."
      labelProps={{ htmlFor: id }}
    >
      <div className={css.sampleChoices}>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onChange(JSON.stringify(example, null, 2))}
        >
          Use the example
        </Button>
        <ReceivedBodies sourceId={sourceId} onChoose={onChange} />
      </div>
      <div className={css.sample}>
        <pre aria-hidden="true">
          <div style={{ transform: `translateY(${-scrolled}px)` }}>{withMarks(value, ranges)}</div>
        </pre>
        <textarea
          ref={area}
          id={id}
          className={css.code}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          maxLength={maxSampleLength}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop)}
        />
      </div>
    </Input.Wrapper>
  );
}

/** In their order, without those that overlap an earlier one. */
function rangesOf(text: string, paths: Path[]): Range[] {
  const found = paths.flatMap((path) => locateInJson(text, path) ?? []).sort((a, b) => a.start - b.start);
  return found.filter(({ start }, index) => index === 0 || start >= (found[index - 1]?.end ?? 0));
}

function withMarks(text: string, ranges: Range[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return [...parts, `${text.slice(at)}\n`];
}

/** Browsers scroll to the caret of a text area only when it is typed at, so the line is reckoned. */
function scrollTo(area: HTMLTextAreaElement, { start, end }: Range): void {
  const lines = area.value.split("\n").length;
  const line = area.value.slice(0, start).split("\n").length;
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  area.scrollTop = (area.scrollHeight * (line - 1)) / lines - area.clientHeight / 2;
  area.scrollIntoView({ block: "center" });
}
