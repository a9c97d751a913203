import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { SetupFaultBody } from "../../src/watch/contract.ts";
import { setupApi } from "../api/setup.ts";
import { Icon } from "../components/icon.tsx";
import { Time } from "../components/time.tsx";
import { usePermission } from "../session/use-session.ts";
import css from "./fault-banner.module.css";

/** More faults would push the page out of view. */
const maxShown = 2;
/** Only the counts of waiting alerts need polling; new and resolved faults arrive live. */
const pollMs = 10_000;

/** Faults in the setup that keep alerts from being delivered, shown on every page until they are fixed. */
export function FaultBanner() {
  const canView = usePermission("View Destinations");
  const { data } = useQuery({
    queryKey: ["faults"],
    queryFn: setupApi.setupFaults,
    enabled: canView,
    refetchInterval: ({ state }) => (state.data?.results.length ? pollMs : false),
  });
  // A destination that is still being set up isn't broken: the wizard says what is left to do.
  const { destination: finishing } = useSearch({ strict: false });
  const faults = (data?.results ?? []).filter((fault) => !isOnlyAbout(fault, finishing));
  if (!canView || faults.length === 0) return null;
  const more = faults.length - maxShown;
  return (
    <section className={css.banner} aria-label="Delivery problems">
      <ul>
        {faults.slice(0, maxShown).map((fault) => (
          <Fault key={fault.title} fault={fault} />
        ))}
      </ul>
      {more > 0 ? (
        <p className={css.more}>
          <Link to="/configure/destinations">
            Show {more} more {more === 1 ? "problem" : "problems"}
          </Link>
        </p>
      ) : null}
    </section>
  );
}

function isOnlyAbout({ of, destinations }: SetupFaultBody, finishing: string | undefined): boolean {
  return of === "destinations" && finishing !== undefined && destinations.every(({ id }) => id === finishing);
}

function Fault({ fault }: { fault: SetupFaultBody }) {
  const { title, remedy, since, waiting, destinations, alert } = fault;
  return (
    <li className={css.fault}>
      <Icon name="warning" />
      <div>
        <p>
          <strong className="wrap">{title}.</strong> <span className="wrap">{remedy}</span>
        </p>
        <p className={css.facts}>
          <span>
            Started <Time at={since} />
          </span>
          {fault.of === "audit-log/streaming" ? null : <span>{describeWaiting(waiting)}</span>}
          {fault.of === "slack-app" ? (
            <Link to="/configure/slack-app">Slack app</Link>
          ) : fault.of === "audit-log/streaming" ? (
            <Link to="/configure/audit-log/streaming">Streaming of the audit log</Link>
          ) : (
            <Link to="/configure/destinations" className="wrap">
              {destinations.length === 1 ? destinations[0]?.displayName : "Alert Destinations"}
            </Link>
          )}
          {alert ? (
            <Link to="/alerts/$alert" params={{ alert: String(alert.number) }}>
              Alert #{alert.number}
            </Link>
          ) : null}
        </p>
      </div>
    </li>
  );
}

function describeWaiting(waiting: number): string {
  if (waiting === 0) return "No alerts waiting";
  return `${waiting} ${waiting === 1 ? "alert" : "alerts"} waiting, none lost`;
}
