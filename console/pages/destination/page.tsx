import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { StateBadge } from "../../components/badges.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { useLiveAlerts } from "../../live/live-alerts.ts";
import { usePermission } from "../../session/use-session.ts";
import { DestinationMenu } from "../destinations/destination-menu.tsx";
import { DestinationSummary } from "../destinations/destination-summary.tsx";
import { EditForm } from "../destinations/edit-form.tsx";
import { Deliveries } from "./deliveries.tsx";
import { DeliveryCounts } from "./delivery-counts.tsx";
import css from "./destination.module.css";
import { RecentAttempts } from "./recent-attempts.tsx";

/** Faults and waiting times also change without a live event. */
const pollMs = 10_000;

/** The page of one destination: its state, its deliveries and its recent attempts. */
export function DestinationPage() {
  const { destination: id } = useParams({ from: "/shell/configure/destinations/$destination" });
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["destinations", id],
    queryFn: () => setupApi.destination(id),
    refetchInterval: pollMs,
  });
  useLiveAlerts(() => void queries.invalidateQueries({ queryKey: ["destinations", id] }));
  return (
    <Loaded query={query} label="destination">
      {(destination) => <DestinationView destination={destination} />}
    </Loaded>
  );
}

function DestinationView({ destination }: { destination: DestinationBody }) {
  const { id, type, displayName, place, state, escalation } = destination;
  const canManage = usePermission("Manage Destinations");
  const all = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const escalatesTo = all.data?.results.find((other) => other.id === escalation?.to)?.displayName;
  const [editing, setEditing] = useState(false);
  const canViewAlerts = usePermission("View Alerts");
  return (
    <article className={css.page}>
      <PageHead
        back={{ to: "/configure/destinations", label: "Alert Destinations" }}
        name={displayName}
        beside={
          <>
            <span>{place}</span>
            <StateBadge kind={state.kind} />
            {canManage ? <DestinationMenu destination={destination} onEdit={() => setEditing(true)} /> : null}
          </>
        }
      >
        <DestinationSummary destination={destination} escalatesTo={escalatesTo} />
      </PageHead>
      {editing ? <EditForm form={{ type, edited: destination }} onClose={() => setEditing(false)} /> : null}
      {state.kind === "needs_attention" ? (
        <p className={css.remedy} role="alert">
          {state.remedy ?? "Deliveries to this destination are refused."}
          {state.fault ? <code>{state.fault}</code> : null}
        </p>
      ) : null}
      {state.kind === "disabled" ? (
        <p className={css.remedy}>
          This destination is disabled. It gets no new alerts, and waiting deliveries are held until you
          enable it.
        </p>
      ) : null}
      <DeliveryCounts destination={destination} />
      {canViewAlerts ? (
        <>
          <Deliveries destinationId={id} />
          <RecentAttempts destinationId={id} />
        </>
      ) : (
        <p className={css.dimmed}>You need the permission View Alerts to see the deliveries.</p>
      )}
    </article>
  );
}
