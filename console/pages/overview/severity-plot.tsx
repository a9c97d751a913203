import { Link } from "@tanstack/react-router";
import { scaleBand, scaleLinear } from "@visx/scale";
import { BarStack } from "@visx/shape";
import { type Severity, severityLabels } from "../../../src/alert/alert.ts";
import type { OverviewBody } from "../../../src/triage/overview/contract.ts";
import { keysOf } from "../../forms/choices.ts";
import type { Filters } from "../alerts/filters/filters.ts";
import { alertsAnswer, counted, totals } from "./answers.ts";
import { Axes, margin, plotHeight } from "./axes.tsx";
import { everyStatus } from "./links.ts";
import css from "./overview.module.css";
import { PlotPanel } from "./panel.tsx";
import { endOf, spansOf, spanText } from "./range.ts";

type Span = Record<Severity, number> & { at: string };

/** From the bottom of a bar to its top. */
const stacked = keysOf(severityLabels);

/** Alerts by severity over time. */
export function SeverityPanel({ overview }: { overview: OverviewBody }) {
  const { alerts, stepSeconds } = overview;
  const spans = spansOf(overview).map((at): Span => {
    const known = alerts.find((span) => span.at === at)?.severities;
    return { at, ...(known ?? totals([])) };
  });
  const linkTo = (at: string, severity?: Severity): Filters => ({
    status: everyStatus,
    ...(severity && { severity: [severity] }),
    after: at,
    before: endOf(at, stepSeconds),
  });
  const sums = totals(alerts);
  const shown = stacked.filter((severity) => sums[severity] > 0);
  const all = (span: Span) => stacked.reduce((sum, severity) => sum + span[severity], 0);
  return (
    <PlotPanel
      wide
      title="How many alerts came in, and how severe were they?"
      answer={alertsAnswer(alerts)}
      legend={
        <ul className={css.legend}>
          {shown.map((severity) => (
            <li key={severity}>
              <svg width="14" height="14" aria-hidden="true">
                <rect width="14" height="14" rx="2" fill={`url(#severity-${severity})`} />
              </svg>
              {severityLabels[severity]}
            </li>
          ))}
        </ul>
      }
      plot={(width) => <Bars spans={spans} width={width} stepSeconds={stepSeconds} linkTo={linkTo} />}
      heads={["Opened", "Alerts", ...shown.map((severity) => severityLabels[severity])]}
      rows={
        alerts.length === 0
          ? []
          : spans.map((span) => ({
              key: span.at,
              texts: [
                spanText(span.at, stepSeconds),
                String(all(span)),
                ...shown.map((severity) => String(span[severity])),
              ],
              cells: [
                spanText(span.at, stepSeconds),
                <CountLink key="all" count={all(span)} search={linkTo(span.at)} />,
                ...shown.map((severity) => (
                  <CountLink key={severity} count={span[severity]} search={linkTo(span.at, severity)} />
                )),
              ],
            }))
      }
    />
  );
}

function CountLink({ count, search }: { count: number; search: Filters }) {
  if (count === 0) return "0";
  return (
    <Link to="/alerts" search={search}>
      {count}
    </Link>
  );
}

interface BarsProps {
  spans: Span[];
  width: number;
  stepSeconds: number;
  linkTo: (at: string, severity: Severity) => Filters;
}

function Bars({ spans, width, stepSeconds, linkTo }: BarsProps) {
  const starts = spans.map(({ at }) => at);
  const highest = Math.max(1, ...spans.map((span) => stacked.reduce((sum, name) => sum + span[name], 0)));
  const x = scaleBand({ domain: starts, range: [margin.left, width - margin.right], padding: 0.2 });
  const y = scaleLinear({ domain: [0, highest], range: [plotHeight - margin.bottom, margin.top], nice: 4 });
  const values = y.ticks(4).filter((value) => Number.isInteger(value));
  return (
    <svg width={width} height={plotHeight} aria-hidden="true">
      <SeverityPatterns />
      <Axes
        {...{ x, y, spans: starts, stepSeconds, width, values }}
        valueText={(value) => value.toLocaleString("en")}
      />
      <BarStack
        data={spans}
        keys={stacked}
        x={({ at }) => at}
        xScale={x}
        yScale={y}
        color={(name) => `url(#severity-${name})`}
      >
        {(stacks) =>
          stacks.flatMap(({ key: severity, bars }) =>
            bars.flatMap((bar) => {
              const { at } = bar.bar.data;
              const count = bar.bar.data[severity];
              if (count === 0) return [];
              return (
                <Link key={`${severity}${at}`} to="/alerts" search={linkTo(at, severity)} tabIndex={-1}>
                  <rect
                    x={bar.x}
                    y={bar.y}
                    width={bar.width}
                    height={Math.max(bar.height, 1)}
                    fill={bar.color}
                    className={css.bar}
                  >
                    <title>
                      {`${counted(count, `${severityLabels[severity]} alert`)}, ${spanText(at, stepSeconds)}`}
                    </title>
                  </rect>
                </Link>
              );
            }),
          )
        }
      </BarStack>
    </svg>
  );
}

/** A pattern per severity, so that the bars can be read without colour. The more severe, the denser. */
function SeverityPatterns() {
  return (
    <defs>
      {stacked.map((severity) => {
        const colour = `var(--sev-${severity.toLowerCase()})`;
        return (
          <pattern
            key={severity}
            id={`severity-${severity}`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
          >
            <rect
              width="6"
              height="6"
              fill={severity === "CRITICAL" ? colour : `color-mix(in srgb, ${colour} 28%, var(--panel))`}
            />
            <path
              d={strokes[severity]}
              stroke={colour}
              strokeWidth={severity === "HIGH" ? 2.4 : 1.4}
              fill="none"
            />
          </pattern>
        );
      })}
    </defs>
  );
}

const strokes = {
  CRITICAL: "",
  HIGH: "M-1 7 7-1M-1 1 1-1M5 7 7 5",
  MEDIUM: "M0 3h6",
  LOW: "M3 0v6",
  INFO: "M2 3h1.5",
} satisfies Record<Severity, string>;
