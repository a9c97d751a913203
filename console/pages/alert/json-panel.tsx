import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { alertsApi } from "../../api/alerts.ts";
import { CopyButton } from "../../components/copy.tsx";
import css from "./alert.module.css";
import { describeJson, JsonTree } from "./json-tree.tsx";

interface Props {
  title: string;
  /** For the copy button: "context" gives "Copy context". */
  label: string;
  value: unknown;
}

/** A JSON value as a tree, with a button that copies all of it. */
export function JsonPanel({ title, label, value }: Props) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id}>
      <div className={css.panelHead}>
        <h2 id={id}>{title}</h2>
        <CopyButton text={JSON.stringify(value, null, 2)} label={label} />
      </div>
      <JsonTree entries={entriesOf(value)} depth={0} />
    </section>
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  const described = describeJson(value);
  return described.kind === "branch" ? described.entries : [["value", value]];
}

/** The first events as the source sent them. Tocsin keeps at most ten. */
export function EventSamples({ alertId, eventCount }: { alertId: string; eventCount: number }) {
  const { data } = useQuery({
    queryKey: ["alert-parts", alertId, "events"],
    queryFn: () => alertsApi.events(alertId),
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
      <JsonPanel key={chosen} title={`Event ${chosen}`} label={`event ${chosen}`} value={shown.event} />
    </>
  );
}
