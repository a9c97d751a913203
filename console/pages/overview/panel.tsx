import { Button } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useId, useState } from "react";
import css from "./overview.module.css";

interface PanelProps {
  /** The question that the panel answers. */
  title: string;
  /** The answer, in a sentence. */
  answer: string;
  wide?: boolean;
  action?: ReactNode;
  children?: ReactNode;
}

/** A question, its answer in a sentence, and the figures behind it. */
export function Panel({ title, answer, wide, action, children }: PanelProps) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id} data-wide={wide || undefined}>
      <header>
        <h2 id={id}>{title}</h2>
        {action}
      </header>
      <p className={css.answer}>{answer}</p>
      {children}
    </section>
  );
}

export interface TableRow {
  key: string;
  cells: ReactNode[];
  /** The same cells without links, for screen readers while the table is hidden. */
  texts: string[];
}

interface PlotPanelProps extends Omit<PanelProps, "children" | "action"> {
  legend: ReactNode;
  /** Draws the plot at this width, in pixels. */
  plot: (width: number) => ReactNode;
  heads: string[];
  rows: TableRow[];
}

/**
 * A panel with a plot and a table of the same figures. Screen readers always get the table; what can be opened in it
 * can only get focus while it is shown.
 */
export function PlotPanel({ legend, plot, heads, rows, ...panel }: PlotPanelProps) {
  const [showsTable, setShowsTable] = useState(false);
  const { ref, width } = useElementSize();
  const toggle = (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      aria-pressed={showsTable}
      aria-label={`Show as a table: ${panel.title}`}
      onClick={() => setShowsTable((before) => !before)}
    >
      Table
    </Button>
  );
  return (
    <Panel {...panel} action={rows.length > 0 ? toggle : null}>
      {rows.length > 0 && !showsTable ? (
        <>
          {legend}
          <div ref={ref} className={css.plot}>
            {width > 0 ? plot(width) : null}
          </div>
        </>
      ) : null}
      {rows.length > 0 ? (
        <div className={showsTable ? css.shownTable : "visuallyHidden"}>
          <table className={css.table} aria-label={panel.title}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells, texts }) => (
                <tr key={key}>
                  {heads.map((head, at) => (
                    <td key={head}>{showsTable ? cells[at] : texts[at]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Panel>
  );
}
