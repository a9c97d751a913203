import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { createColumnHelper, rowSelectionFeature, tableFeatures } from "@tanstack/react-table";
import { detectionLabel } from "../../../../src/alert/alert.ts";
import { dispositionText } from "../../../../src/alert/disposition.ts";
import type { AlertRow } from "../../../../src/triage/contract.ts";
import { ReportedAgain, SeverityBadge, Silenced, StatusBadge } from "../../../components/badges.tsx";
import { reveal } from "../../../components/reveal.ts";
import { Time } from "../../../components/time.tsx";
import css from "./list.module.css";

export const alertFeatures = tableFeatures({ rowSelectionFeature });

const column = createColumnHelper<typeof alertFeatures, AlertRow>();
const countFormat = new Intl.NumberFormat("en");

/** The list's columns. The id of a column is also its class in list.module.css. */
export const alertColumns = column.columns([
  column.display({
    id: "select",
    header: ({ table }) => (
      <Checkbox
        size="xs"
        aria-label="Select all loaded alerts"
        checked={table.getIsAllRowsSelected()}
        indeterminate={table.getIsSomeRowsSelected()}
        onChange={table.getToggleAllRowsSelectedHandler()}
      />
    ),
    cell: ({ row }) => (
      <Checkbox
        size="xs"
        aria-label={`Select #${row.original.number}`}
        checked={row.getIsSelected()}
        onChange={row.getToggleSelectedHandler()}
      />
    ),
  }),
  column.accessor("severity", {
    header: "Severity",
    cell: ({ getValue }) => <SeverityBadge severity={getValue()} />,
  }),
  column.accessor("title", { header: "Alert", cell: ({ row }) => <TitleCell alert={row.original} /> }),
  column.accessor("status", {
    header: "Status",
    cell: ({ row }) => <StatusCell alert={row.original} />,
  }),
  column.accessor("assignee", {
    header: "Assignee",
    cell: ({ getValue }) => getValue()?.name ?? <span className={css.none}>Unassigned</span>,
  }),
  column.accessor("eventCount", { header: "Events", cell: ({ getValue }) => countFormat.format(getValue()) }),
  column.accessor("logTypes", {
    header: "Log types",
    cell: ({ getValue }) => <LogTypes names={getValue()} />,
  }),
  column.accessor("createdAt", {
    header: "Age",
    cell: ({ getValue }) => <Time at={getValue()} length="short" />,
  }),
]);

/** The disposition in the width of a status. */
function shortReason(alert: AlertRow): string {
  return alert.disposition === "BENIGN" ? "Benign" : dispositionText(alert);
}

function StatusCell({ alert }: { alert: AlertRow }) {
  const why = dispositionText(alert);
  return (
    <>
      <StatusBadge status={alert.status} />
      {why ? (
        <div className={css.details} title={why}>
          {shortReason(alert)}
        </div>
      ) : null}
    </>
  );
}

function TitleCell({ alert }: { alert: AlertRow }) {
  return (
    <>
      <Link
        to="/alerts/$alert"
        params={{ alert: String(alert.number) }}
        className={css.link}
        data-alert={alert.id}
        title={reveal(alert.title)}
      >
        {reveal(alert.title)}
      </Link>
      <div className={css.details}>
        {alert.reportedAgain ? <ReportedAgain /> : null}
        {alert.silencedBy ? <Silenced /> : null}
        <span className={css.mobileOnly}>
          <SeverityBadge severity={alert.severity} /> · <StatusBadge status={alert.status} /> ·{" "}
          {alert.assignee?.name ?? "Unassigned"} · <Time at={alert.createdAt} length="short" />
          {alert.disposition ? ` · ${shortReason(alert)}` : ""}
        </span>
        <span className={css.desktopOnly}>{`#${alert.number} · ${reveal(detectionBeside(alert))}`}</span>
      </div>
    </>
  );
}

/** The detection, or the source if the detection has the name of the alert. */
function detectionBeside(alert: AlertRow): string {
  const detection = detectionLabel(alert);
  return detection === "" || detection === alert.title ? alert.source.name : detection;
}

function LogTypes({ names }: { names: string[] }) {
  const [first, ...others] = names;
  if (!first) return <span className={css.none}>None</span>;
  return (
    <span className={css.logTypes} title={reveal(names.join(", "))}>
      <span>{reveal(first)}</span>
      {others.length > 0 ? <span className={css.more}>+{others.length}</span> : null}
    </span>
  );
}
