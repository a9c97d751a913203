import { Link } from "@tanstack/react-router";
import { scaleBand, scaleLog } from "@visx/scale";
import { LinePath } from "@visx/shape";
import type { DurationsBody, OverviewBody } from "../../../src/triage/overview/contract.ts";
import type { Filters } from "../alerts/filters/filters.ts";
import { durationAnswer, lengthText } from "./answers.ts";
import { Axes, margin, plotHeight } from "./axes.tsx";
import { everyStatus } from "./links.ts";
import css from "./overview.module.css";
import { PlotPanel } from "./panel.tsx";
import { endOf, spansOf, spanText } from "./range.ts";

interface Props {
  title: string;
  durations: DurationsBody;
  words: Parameters<typeof durationAnswer>[1];
  overview: Pick<OverviewBody, "from" | "to" | "stepSeconds">;
}

interface Point {
  at: string;
  count: number;
  p50: number;
  p90: number;
}

/** How long something took over time: for half and for nine in ten of the alerts. */
export function DurationPanel({ title, durations, words, overview }: Props) {
  const { stepSeconds } = overview;
  const points = durations.over.flatMap(({ at, count, p50, p90 }): Point[] =>
    p50 === null || p90 === null ? [] : [{ at, count, p50, p90 }],
  );
  const linkTo = (at: string): Filters => ({
    status: everyStatus,
    after: at,
    before: endOf(at, stepSeconds),
  });
  return (
    <PlotPanel
      title={title}
      answer={durationAnswer(durations, words)}
      legend={
        <ul className={css.legend}>
          <li>
            <Sample line="p50" />
            Half (p50)
          </li>
          <li>
            <Sample line="p90" />
            Nine in ten (p90)
          </li>
        </ul>
      }
      plot={(width) => <Lines points={points} width={width} overview={overview} linkTo={linkTo} />}
      heads={["Opened", "Alerts", "Half within", "Nine in ten within"]}
      rows={points.map(({ at, count, p50, p90 }) => {
        const texts = [spanText(at, stepSeconds), String(count), lengthText(p50), lengthText(p90)];
        const link = (
          <Link key="count" to="/alerts" search={linkTo(at)}>
            {count}
          </Link>
        );
        return { key: at, texts, cells: [texts[0], link, texts[2], texts[3]] };
      })}
    />
  );
}

function Sample({ line }: { line: "p50" | "p90" }) {
  return (
    <svg width="26" height="12" aria-hidden="true">
      <path d="M0 6h26" className={css[line]} />
      <Mark line={line} x={13} y={6} />
    </svg>
  );
}

/** A dot for half, a square for nine in ten. */
function Mark({ line, x, y }: { line: "p50" | "p90"; x: number; y: number }) {
  return line === "p50" ? (
    <circle cx={x} cy={y} r="3.5" className={css.markP50} />
  ) : (
    <rect x={x - 3} y={y - 3} width="6" height="6" className={css.markP90} />
  );
}

/** Lengths that people can read off an axis, in seconds. */
const lengths = [1, 10, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400];

interface LinesProps {
  points: Point[];
  width: number;
  overview: Props["overview"];
  linkTo: (at: string) => Filters;
}

/** On a logarithmic scale: a few alerts that took days would flatten all others. */
function Lines({ points, width, overview, linkTo }: LinesProps) {
  const { stepSeconds } = overview;
  const spans = spansOf(overview);
  const all = points.flatMap(({ p50, p90 }) => [Math.max(1, p50), Math.max(1, p90)]);
  const low = lengths.findLast((length) => length <= Math.min(...all)) ?? 1;
  const high = lengths.find((length) => length >= Math.max(...all) && length > low) ?? Math.max(...all);
  const x = scaleBand({ domain: spans, range: [margin.left, width - margin.right] });
  const y = scaleLog({ domain: [low, high], range: [plotHeight - margin.bottom, margin.top] });
  const at = (point: Point) => (x(point.at) ?? 0) + x.bandwidth() / 2;
  const height = (seconds: number) => y(Math.max(1, seconds));
  const values = lengths.filter((length) => length >= low && length <= high);
  const lines = ["p90", "p50"] as const;
  return (
    <svg width={width} height={plotHeight} aria-hidden="true">
      <Axes {...{ x, y, spans, stepSeconds, width, values }} valueText={lengthText} />
      {lines.map((line) => (
        <LinePath key={line} data={points} x={at} y={(point) => height(point[line])} className={css[line]} />
      ))}
      {points.flatMap((point) =>
        lines.map((line) => (
          <Link
            key={`${line}${point.at}`}
            to="/alerts"
            search={linkTo(point.at)}
            tabIndex={-1}
            className={css.point}
          >
            <Mark line={line} x={at(point)} y={height(point[line])} />
            <circle cx={at(point)} cy={height(point[line])} r="9" fill="transparent">
              <title>
                {`${line === "p50" ? "Half" : "Nine in ten"} within ${lengthText(point[line])}, ${spanText(point.at, stepSeconds)}`}
              </title>
            </circle>
          </Link>
        )),
      )}
    </svg>
  );
}
