import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { deliveryStateLabels } from "../../../src/alert/destination.ts";
import type { LedgerEntry } from "../../../src/outbox/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { SeverityBadge } from "../../components/badges.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./destination.module.css";

const views = {
  waiting: { label: "Waiting", state: ["waiting", "sending", "held"], empty: "Nothing waiting." },
  failed: { label: "Failed", state: ["failed", "not_delivered"], empty: "Nothing failed." },
} as const;
type View = keyof typeof views;

const isView = (value: string): value is View => value in views;

/** Waiting deliveries in the order in which they are sent, or failed ones. */
export function Deliveries({ destinationId }: { destinationId: string }) {
  const [view, setView] = useState<View>("waiting");
  const { state, empty } = views[view];
  const pages = usePages(["destinations", destinationId, "deliveries", view], (cursor) =>
    setupApi.deliveries(destinationId, { state: state.join(","), cursor, limit: 25 }),
  );
  return (
    <section className={css.section} aria-labelledby="deliveries">
      <div className={css.sectionHead}>
        <h2 id="deliveries">Deliveries</h2>
        <SegmentedControl
          size="xs"
          aria-label="Deliveries to show"
          data={Object.entries(views).map(([value, { label }]) => ({ value, label }))}
          value={view}
          onChange={(value) => {
            if (isView(value)) setView(value);
          }}
        />
      </div>
      <Loaded query={pages} label="deliveries">
        {(entries) =>
          entries.length > 0 ? (
            <PlainTable
              label="Deliveries"
              heads={["Severity", "Alert", "State", "Attempts", "Waiting since"]}
            >
              {entries.map((entry) => (
                <Row key={entry.id} entry={entry} />
              ))}
            </PlainTable>
          ) : (
            <p className={css.dimmed}>{empty}</p>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
    </section>
  );
}

function Row({ entry }: { entry: LedgerEntry }) {
  const { alert, state, error, attempts, waitingSince } = entry;
  return (
    <tr>
      <td>
        <SeverityBadge severity={alert.severity} />
      </td>
      <td className={css.alert}>
        <Link to="/alerts/$alert" params={{ alert: String(alert.number) }}>
          {reveal(alert.title)}
        </Link>
        <span>#{alert.number}</span>
      </td>
      <td>
        {deliveryStateLabels[state]}
        {error ? <code className={css.code}>{error}</code> : null}
      </td>
      <td>{attempts}</td>
      <td>
        <Time at={waitingSince} />
      </td>
    </tr>
  );
}
