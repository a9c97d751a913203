import type { Severity } from "../../../src/alert/severity.ts";
import { severityWords } from "../../words.ts";
import css from "../../components/marks.module.css";

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
      {severityWords[severity]}
    </span>
  );
}
