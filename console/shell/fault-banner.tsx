import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { SetupFaultBody } from "../../src/watch/contract.ts";
import { setupApi } from "../api/setup.ts";
import { Icon } from "../components/icon.tsx";
import { Time } from "../components/time.tsx";
import { useMay } from "../session/use-session.ts";
import css from "./fault-banner.module.css";

/** More than these would push the page itself out of sight. */
const shownAtOnce = 2;
/** What waits is counted anew this often; that something broke or is whole again is told live. */
const countEveryMs = 10_000;

/** What keeps alerts from going out, on every page until it is put right. */
export function FaultBanner() {
  const may = useMay("View Destinations");
  const { data } = useQuery({
    queryKey: ["faults"],
    queryFn: setupApi.setupFaults,
    enabled: may,
    refetchInterval: ({ state }) => (state.data?.results.length ? countEveryMs : false),
  });
  // What is still being set up isn't broken: its last step says what is left to do.
  const { destination: finishing } = useSearch({ strict: false });
  const faults = (data?.results ?? []).filter((fault) => !isOnlyOf(fault, finishing));
  if (!may || faults.length === 0) return null;
  const more = faults.length - shownAtOnce;
  return (
    <section className={css.banner} aria-label="What keeps alerts from going out">
      <ul>
        {faults.slice(0, shownAtOnce).map((fault) => (
          <Fault key={fault.title} fault={fault} />
        ))}
      </ul>
      {more > 0 ? (
        <p className={css.more}>
          <Link to="/configure/destinations">
            {more} more {more === 1 ? "thing needs" : "things need"} attention
          </Link>
        </p>
      ) : null}
    </section>
  );
}

function isOnlyOf({ of, destinations }: SetupFaultBody, finishing: string | undefined): boolean {
  return of === "destinations" && finishing !== undefined && destinations.every(({ id }) => id === finishing);
}

function Fault({ fault }: { fault: SetupFaultBody }) {
  const { title, remedy, since, waiting, destinations, alert } = fault;
  return (
    <li className={css.fault}>
      <Icon name="warn" />
      <div>
        <p>
          <strong className="wrap">{title}.</strong> <span className="wrap">{remedy}</span>
        </p>
        <p className={css.facts}>
          <span>
            Broke <Time at={since} />
          </span>
          <span>{sayWaiting(waiting)}</span>
          {fault.of === "slack-app" ? (
            <Link to="/configure/slack-app">Slack app</Link>
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

function sayWaiting(waiting: number): string {
  if (waiting === 0) return "Nothing waits yet";
  return `${waiting} ${waiting === 1 ? "alert waits" : "alerts wait"}, none is lost`;
}
