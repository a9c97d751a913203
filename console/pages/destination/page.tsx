import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { StatePill } from "../../components/marks.tsx";
import { useLiveAlerts } from "../../live/live-alerts.ts";
import { useMay } from "../../session/use-session.ts";
import { placeOf } from "../destinations/channel-or-host.ts";
import { Standing } from "./delivery-counts.tsx";
import css from "./destination.module.css";
import { Ledger } from "./ledger.tsx";
import { RecentAttempts } from "./recent-attempts.tsx";

/** What changes without an alert changing: a fault that begins or ends, the age of what waits. */
const refreshMs = 10_000;

/** One destination: how it stands, what waits and failed there, and what was tried last. */
export function DestinationPage() {
  const { destination: id } = useParams({ from: "/shell/configure/destinations/$destination" });
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["destination", id],
    queryFn: () => setupApi.destination(id),
    refetchInterval: refreshMs,
  });
  useLiveAlerts(() => void queries.invalidateQueries({ queryKey: ["destination", id] }));
  return (
    <Loaded query={query} what="destination">
      {(destination) => <Shown destination={destination} />}
    </Loaded>
  );
}

function Shown({ destination }: { destination: DestinationBody }) {
  const { id, displayName, state } = destination;
  const seesAlerts = useMay("View Alerts");
  useEffect(() => {
    document.title = `${displayName} · Tocsin`;
  }, [displayName]);
  return (
    <article className={css.page}>
      <header className={css.head}>
        <Link to="/configure/destinations" className={css.back}>
          <Icon name="left" size={14} /> Alert Destinations
        </Link>
        <div className={css.name}>
          <h1 className="wrap">{displayName}</h1>
          <span>{placeOf(destination)}</span>
          <StatePill kind={state.kind} />
        </div>
      </header>
      {state.kind === "needs_attention" ? (
        <p className={css.remedy} role="alert">
          {state.remedy ?? "What Tocsin sends there is refused."}
          {state.fault ? <code>{state.fault}</code> : null}
        </p>
      ) : null}
      {state.kind === "disabled" ? (
        <p className={css.remedy}>
          It is disabled: it takes no new alerts, and what waits is held until it is enabled.
        </p>
      ) : null}
      <Standing destination={destination} />
      {seesAlerts ? (
        <>
          <Ledger destinationId={id} />
          <RecentAttempts destinationId={id} />
        </>
      ) : (
        <p className={css.quiet}>Which alerts these are is shown to whoever may view alerts.</p>
      )}
    </article>
  );
}
