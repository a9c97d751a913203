import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { alertsApi } from "../../api/alerts.ts";
import { Copy } from "../../components/copy.tsx";
import css from "./alert.module.css";
import { describeJson, JsonTree } from "./json-tree.tsx";

interface Props {
  title: string;
  /** For the button: "Copy context". */
  what: string;
  value: unknown;
}

/** A JSON value as a tree under its title, to be copied as a whole. */
export function JsonPanel({ title, what, value }: Props) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id}>
      <div className={css.panelHead}>
        <h2 id={id}>{title}</h2>
        <Copy text={JSON.stringify(value, null, 2)} what={what} />
      </div>
      <JsonTree entries={entriesOf(value)} depth={0} />
    </section>
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  const described = describeJson(value);
  return described.kind === "branch" ? described.entries : [["value", value]];
}

/** The first events as the source sent them; at most ten are kept. */
export function Samples({ alertId, eventCount }: { alertId: string; eventCount: number }) {
  const { data } = useQuery({
    queryKey: ["of-alert", alertId, "events"],
    queryFn: () => alertsApi.events(alertId),
  });
  const samples = data?.results ?? [];
  const [chosen, setChosen] = useState("1");
  const shown = samples[Number(chosen) - 1];
  if (!shown) return null;
  return (
    <>
      {samples.length > 1 ? (
        <div className={css.samples}>
          <span id="samples">
            {samples.length} of {eventCount.toLocaleString("en")} events are kept
          </span>
          <SegmentedControl
            size="xs"
            aria-labelledby="samples"
            data={samples.map((_, at) => String(at + 1))}
            value={chosen}
            onChange={setChosen}
          />
        </div>
      ) : null}
      <JsonPanel key={chosen} title={`Event ${chosen}`} what={`event ${chosen}`} value={shown.event} />
    </>
  );
}
