import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { alertsApi } from "../../api/alerts.ts";
import css from "../../pages/alert/alert.module.css";
import { JsonPanel } from "../../pages/alert/json-panel.tsx";

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
