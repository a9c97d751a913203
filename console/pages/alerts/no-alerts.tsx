import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { setupApi } from "../../api/setup.ts";
import { Empty } from "../../components/lists/loaded.tsx";
import { usePermission } from "../../session/use-session.ts";
import type { Filters } from "./filters/filters.ts";

/** The empty list: no alert matches the filters, none is open, or no source has sent a report yet. */
export function NoAlerts({ filters }: { filters: Filters }) {
  const canViewSources = usePermission("View Sources");
  const sources = useQuery({ queryKey: ["sources"], queryFn: setupApi.sources, enabled: canViewSources });
  const { sort: _, ...active } = filters;
  if (Object.keys(active).length > 0) {
    return (
      <Empty title="No alerts match these filters">
        <p>Remove a filter, or show alerts of every status.</p>
        <Link to="/alerts" search={{ status: ["OPEN", "TRIAGED", "RESOLVED", "CLOSED"] }}>
          Show alerts of every status
        </Link>
      </Empty>
    );
  }
  if (sources.data?.results.some(({ lastReceivedAt }) => lastReceivedAt)) {
    return (
      <Empty title="No open alerts">
        <p>Every alert is resolved or invalid. New alerts appear here automatically.</p>
        <Link to="/alerts" search={{ status: ["RESOLVED", "CLOSED"] }}>
          Show closed alerts
        </Link>
      </Empty>
    );
  }
  return (
    <Empty title="No alerts yet">
      <p>
        Alerts appear here once a source sends reports to Tocsin. Add a source, then send a first report with
        the command it shows.
      </p>
      {canViewSources ? <Link to="/configure/sources">Add a source</Link> : null}
    </Empty>
  );
}
