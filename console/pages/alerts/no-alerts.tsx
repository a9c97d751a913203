import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { setupApi } from "../../api/setup.ts";
import { Empty } from "../../components/lists/loaded.tsx";
import { useMay } from "../../session/use-session.ts";
import type { Filters } from "./filters/filters.ts";

/** An empty list is good news, a filter that hides everything, or a Tocsin that nobody reports to yet. */
export function NoAlerts({ filters }: { filters: Filters }) {
  const maySee = useMay("View Sources");
  const sources = useQuery({ queryKey: ["sources"], queryFn: setupApi.sources, enabled: maySee });
  const { sort: _, ...narrowing } = filters;
  if (Object.keys(narrowing).length > 0) {
    return (
      <Empty title="No alert matches these filters">
        <p>Take one away, or look at all statuses.</p>
        <Link to="/alerts" search={{ status: ["OPEN", "TRIAGED", "RESOLVED", "CLOSED"] }}>
          Show alerts of every status
        </Link>
      </Empty>
    );
  }
  if (sources.data?.results.some(({ lastReceivedAt }) => lastReceivedAt)) {
    return (
      <Empty title="Nothing is open">
        <p>Every alert is resolved or invalid. New ones appear here by themselves.</p>
        <Link to="/alerts" search={{ status: ["RESOLVED", "CLOSED"] }}>
          Look at the closed ones
        </Link>
      </Empty>
    );
  }
  return (
    <Empty title="No alerts yet">
      <p>
        Alerts appear here once a source reports to Tocsin. Add one, then send it a first report with the
        command it shows.
      </p>
      {maySee ? <Link to="/configure/sources">Add a source</Link> : null}
    </Empty>
  );
}
