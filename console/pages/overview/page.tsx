import { SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { OverviewBody } from "../../../src/triage/overview/contract.ts";
import { alertsApi } from "../../api/alerts.ts";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { optionsOf } from "../../forms/choices.ts";
import { usePermission } from "../../session/use-session.ts";
import { DurationPanel } from "./duration-plot.tsx";
import css from "./overview.module.css";
import { rangeLabels, readRange, timesOf } from "./range.ts";
import { DeliveriesPanel, DetectionsPanel, WorkloadPanel } from "./ranked.tsx";
import { SeverityPanel } from "./severity-plot.tsx";

const refreshMs = 60_000;

/** Figures on what came in, how long it took, and what there is to do. */
export function OverviewPage() {
  const { range = "7d" } = useSearch({ from: "/shell/overview" });
  const navigate = useNavigate({ from: "/overview" });
  const query = useQuery({
    queryKey: ["overview", range],
    queryFn: () => alertsApi.overview(timesOf(range, new Date())),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
  useEffect(() => {
    document.title = "Overview · Tocsin";
  }, []);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>Overview</h1>
        <SegmentedControl
          aria-label="Time"
          data={optionsOf(rangeLabels)}
          value={range}
          onChange={(value) => void navigate({ search: readRange({ range: value }), replace: true })}
        />
      </header>
      <Loaded query={query} label="figures">
        {(overview) => <Figures overview={overview} />}
      </Loaded>
    </div>
  );
}

function Figures({ overview }: { overview: OverviewBody }) {
  const canViewSources = usePermission("View Sources");
  const nothing = overview.alerts.length === 0 && overview.assignees.length === 0;
  if (nothing && overview.deliveries.every(({ waiting, failed }) => waiting + failed === 0)) {
    return (
      <Empty title="No alerts in this time">
        <p>
          Figures appear here once alerts come in. Choose a longer time above, or check that your sources send
          reports.
        </p>
        {canViewSources ? <Link to="/configure/sources">Go to sources</Link> : null}
      </Empty>
    );
  }
  return (
    <div className={css.grid}>
      <SeverityPanel overview={overview} />
      <DurationPanel
        title="How long until somebody acts?"
        durations={overview.firstAction}
        words={{ done: "first acted on", waiting: ["still waits", "still wait"] }}
        overview={overview}
      />
      <DurationPanel
        title="How long until an alert is resolved?"
        durations={overview.resolution}
        words={{ done: "closed", waiting: ["is still open", "are still open"] }}
        overview={overview}
      />
      <DetectionsPanel overview={overview} />
      <div className={css.column}>
        <WorkloadPanel overview={overview} />
        <DeliveriesPanel overview={overview} />
      </div>
    </div>
  );
}
