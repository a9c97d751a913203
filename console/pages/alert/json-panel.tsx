import { Anchor, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { alertsApi } from "../../api/alerts.ts";
import { CopyButton } from "../../components/copy.tsx";
import { reveal } from "../../components/reveal.ts";
import css from "./alert.module.css";
import { describeJson, JsonTree } from "./json-tree.tsx";
import { splitRepeated } from "./repeated-fields.ts";

interface Props {
  title: string;
  /** For the copy button: "context" gives "Copy context". */
  label: string;
  value: unknown;
  /** The entries to show, if not all of them. */
  entries?: [string, unknown][];
  children?: ReactNode;
}

/** What the source sent, as it sent it. */
export function RawData({ alert }: { alert: AlertBody }) {
  return (
    <div className={css.raw}>
      {Object.keys(alert.context).length > 0 ? (
        <JsonPanel title="Context" label="context" value={alert.context} />
      ) : null}
      <EventSamples alert={alert} />
    </div>
  );
}

/** A JSON value as a tree, with a button that copies all of it. `children`: beneath the tree. */
function JsonPanel({ title, label, value, entries = entriesOf(value), children }: Props) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id}>
      <div className={css.panelHead}>
        <h2 id={id}>{title}</h2>
        <CopyButton text={JSON.stringify(value, null, 2)} label={label} />
      </div>
      <JsonTree entries={entries} depth={0} />
      {children}
    </section>
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  const described = describeJson(value);
  return described.kind === "branch" ? described.entries : [["value", value]];
}

/** The first events as the source sent them. Tocsin keeps at most ten. */
function EventSamples({ alert }: { alert: AlertBody }) {
  const { id, eventCount } = alert;
  const { data } = useQuery({
    queryKey: ["alert-parts", id, "events"],
    queryFn: () => alertsApi.events(id),
  });
  const samples = data?.results ?? [];
  const [chosen, setChosen] = useState("1");
  const shown = samples[Number(chosen) - 1];
  if (!shown) return null;
  return (
    <>
      {samples.length > 1 ? (
        <div className={css.sampleMenu}>
          <span id="samples">
            {samples.length} of {eventCount.toLocaleString("en")} events kept
          </span>
          <SegmentedControl
            size="xs"
            aria-labelledby="samples"
            data={samples.map((_, index) => String(index + 1))}
            value={chosen}
            onChange={setChosen}
          />
        </div>
      ) : null}
      <EventPanel key={chosen} name={`Event ${chosen}`} event={shown.event} alert={alert} />
    </>
  );
}

function EventPanel({ name, event, alert }: { name: string; event: unknown; alert: AlertBody }) {
  const [showAll, setShowAll] = useState(false);
  const all = entriesOf(event);
  const { fresh, repeated } = splitRepeated(all, alert);
  return (
    <JsonPanel title={name} label={name.toLowerCase()} value={event} entries={showAll ? all : fresh}>
      {repeated.length > 0 && !showAll ? (
        <p className={css.repeated}>
          {fresh.length === 0 ? "All of it is shown above. " : "Shown above: "}
          {fresh.length === 0 ? null : `${reveal(repeated.join(", "))}. `}
          <Anchor component="button" type="button" size="xs" onClick={() => setShowAll(true)}>
            Show the whole event
          </Anchor>
        </p>
      ) : null}
    </JsonPanel>
  );
}
