import type { Severity, Status } from "../../src/alert/alert.ts";
import { severityLabels, statusLabels } from "../../src/alert/alert.ts";
import type { DestinationBody } from "../../src/deliver/contract.ts";
import css from "./marks.module.css";

export function StatusMark({ status }: { status: Status }) {
  return (
    <span className={css.mark} data-status={status}>
      <svg width="14" height="14" viewBox="0 0 14 14" fill="none" aria-hidden="true">
        {drawing(status)}
      </svg>
      {statusLabels[status]}
    </span>
  );
}

/** An empty ring, a half-filled one, a ticked disc, a crossed ring. */
function drawing(status: Status) {
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

/** How many of the four bars are lit: the word and the bars say it without the colour. */
const lit = { INFO: 0, LOW: 1, MEDIUM: 2, HIGH: 3, CRITICAL: 4 } satisfies Record<Severity, number>;
const bars = [1, 2, 3, 4];

export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span className={css.mark} style={{ color: `var(--sev-${severity.toLowerCase()})` }}>
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
        {bars.map((bar) => (
          <rect
            key={bar}
            x={bar * 3.5 - 3.2}
            y={12 - bar * 3}
            width="2.6"
            height={bar * 3}
            rx="0.8"
            fill={bar <= lit[severity] ? "currentColor" : "var(--sev-rest)"}
          />
        ))}
      </svg>
      {severityLabels[severity]}
    </span>
  );
}

type Kind = DestinationBody["state"]["kind"];

const words = {
  ok: "Working",
  needs_attention: "Needs attention",
  disabled: "Disabled",
} satisfies Record<Kind, string>;

/** Whether a destination, or the app itself, does its work. */
export function StatePill({ kind }: { kind: Kind }) {
  return (
    <span className={css.pill} data-kind={kind}>
      {words[kind]}
    </span>
  );
}
