import { useRef } from "react";
import { alertTypeLabels } from "../../../src/alert/alert.ts";
import { dispositionText } from "../../../src/alert/disposition.ts";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { ReportedAgain, SeverityBadge, Silenced, StatusBadge } from "../../components/badges.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { useChangeHighlight } from "../../live/live-alerts.ts";
import { usePermission } from "../../session/use-session.ts";
import { likeAlert } from "../../silences/silence-values.ts";
import { SnoozeButton } from "../../silences/snooze-button.tsx";
import { TriageControls } from "../../triage/triage-controls.tsx";
import css from "./alert.module.css";

/** Title, state and triage controls of an alert. */
export function AlertHead({ alert }: { alert: AlertBody }) {
  const canManage = usePermission("Manage Alerts");
  const state = useRef<HTMLDivElement>(null);
  useChangeHighlight(state, `${alert.version} ${alert.severity} ${alert.disposition}`);
  const title = reveal(alert.title);
  return (
    <PageHead back={{ to: "/alerts", label: "Alerts" }} name={title} tab={`#${alert.number} ${title}`}>
      <div className={css.meta}>
        <SeverityBadge severity={alert.severity} />
        {alert.reportedAgain ? <ReportedAgain /> : null}
        {alert.silencedBy ? <Silenced /> : null}
        <span>#{alert.number}</span>
        <span>{alertTypeLabels[alert.type]}</span>
        <span>
          <Time at={alert.createdAt} />
        </span>
        <span>{alert.eventCount === 1 ? "1 event" : `${alert.eventCount.toLocaleString("en")} events`}</span>
      </div>
      <div ref={state} className={css.controls}>
        {canManage ? (
          <>
            <TriageControls alerts={[alert]} />
            <SnoozeButton start={likeAlert(alert)} />
          </>
        ) : (
          <>
            <StatusBadge status={alert.status} />
            {alert.disposition ? ` · ${dispositionText(alert)}` : ""} · {alert.assignee?.name ?? "Unassigned"}
          </>
        )}
        <span className={css.changed}>
          Last changed by {alert.updatedBy.name} <Time at={alert.updatedAt} />
        </span>
      </div>
    </PageHead>
  );
}
