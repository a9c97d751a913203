import { AxisBottom, AxisLeft } from "@visx/axis";
import type { scaleBand, scaleLinear, scaleLog } from "@visx/scale";
import css from "./overview.module.css";
import { ticksOf, tickText } from "./range.ts";

export const margin = { top: 8, right: 8, bottom: 24, left: 52 };
export const plotHeight = 220;

const label = { fill: "var(--mantine-color-dimmed)", fontSize: 11, fontFamily: "inherit" };

interface Props {
  x: ReturnType<typeof scaleBand<string>>;
  y: ReturnType<typeof scaleLinear<number>> | ReturnType<typeof scaleLog<number>>;
  spans: string[];
  stepSeconds: number;
  width: number;
  values: number[];
  valueText: (value: number) => string;
}

/** Both axes of a plot over time, with a faint line at each value. */
export function Axes({ x, y, spans, stepSeconds, width, values, valueText }: Props) {
  return (
    <>
      {values.map((value) => (
        <line
          key={value}
          x1={margin.left}
          x2={width - margin.right}
          y1={y(value)}
          y2={y(value)}
          className={css.gridLine}
        />
      ))}
      <AxisLeft
        scale={y}
        left={margin.left}
        tickValues={values}
        tickFormat={(value) => valueText(Number(value))}
        hideAxisLine
        hideTicks
        tickLabelProps={{ ...label, textAnchor: "end", dx: -4, dy: 4 }}
      />
      <AxisBottom
        scale={x}
        top={plotHeight - margin.bottom}
        tickValues={ticksOf(spans, width - margin.left - margin.right)}
        tickFormat={(at) => tickText(at, stepSeconds)}
        stroke="var(--border)"
        hideTicks
        tickLabelProps={{ ...label, textAnchor: "middle" }}
      />
    </>
  );
}
