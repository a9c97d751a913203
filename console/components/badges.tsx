import type { Severity, Status } from "../../src/alert/alert.ts";
import { severityLabels, statusLabels } from "../../src/alert/alert.ts";
import type { DestinationBody } from "../../src/deliver/contract.ts";
import css from "./badges.module.css";

export function StatusBadge({ status }: { status: Status }) {
  return (
    <span className={css.badge} data-status={status}>
      <svg width="14" height="14" viewBox="0 0 14 14" fill="none" aria-hidden="true">
        {statusIcon(status)}
      </svg>
      {statusLabels[status]}
    </span>
  );
}

/** Each status has a shape of its own, so that it can be read without colour. */
function statusIcon(status: Status) {
  const ring = <circle cx="7" cy="7" r="5.75" stroke="currentColor" strokeWidth="1.5" />;
  switch (status) {
    case "OPEN":
      return ring;
    case "TRIAGED":
      return (
        <>
          {ring}
          <path d="M7 3.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
        </>
      );
    case "RESOLVED":
      return (
        <>
          <circle cx="7" cy="7" r="6.5" fill="currentColor" />
          <path d="m4.2 7.2 2 2 3.6-4" stroke="var(--panel)" strokeWidth="1.5" strokeLinecap="round" />
        </>
      );
    case "CLOSED":
      return (
        <>
          {ring}
          <path d="m3.2 10.8 7.6-7.6" stroke="currentColor" strokeWidth="1.5" />
        </>
      );
    default:
      return status satisfies never;
  }
}

/** The number of filled bars, so that the severity can be read without colour. */
const filledBars = { INFO: 0, LOW: 1, MEDIUM: 2, HIGH: 3, CRITICAL: 4 } satisfies Record<Severity, number>;
const bars = [1, 2, 3, 4];

export function SeverityBadge({ severity }: { severity: Severity }) {
  return (
    <span className={css.badge} style={{ color: `var(--sev-${severity.toLowerCase()})` }}>
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
        {bars.map((bar) => (
          <rect
            key={bar}
            x={bar * 3.5 - 3.2}
            y={12 - bar * 3}
            width="2.6"
            height={bar * 3}
            rx="0.8"
            fill={bar <= filledBars[severity] ? "currentColor" : "var(--sev-empty)"}
          />
        ))}
      </svg>
      {severityLabels[severity]}
    </span>
  );
}

/** A person closed the alert, and its source has said something new since. */
export function ReportedAgain() {
  return (
    <span className={css.pill} data-kind="needs_attention">
      Reported again
    </span>
  );
}

/** A silence keeps the alert away from people. */
export function Silenced() {
  return (
    <span className={css.pill} data-kind="disabled">
      Silenced
    </span>
  );
}

type Kind = DestinationBody["state"]["kind"];

const stateLabels = {
  ok: "Working",
  needs_attention: "Needs attention",
  disabled: "Disabled",
} satisfies Record<Kind, string>;

/** The state of a destination or of an installation of the app. */
export function StateBadge({ kind }: { kind: Kind }) {
  return (
    <span className={css.pill} data-kind={kind}>
      {stateLabels[kind]}
    </span>
  );
}
