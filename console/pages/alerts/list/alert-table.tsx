import { type Row, type RowSelectionState, type Updater, useTable } from "@tanstack/react-table";
import { useRef } from "react";
import type { AlertRow } from "../../../../src/triage/contract.ts";
import { Icon } from "../../../components/icon.tsx";
import { useChangeHighlight } from "../../../live/live-alerts.ts";
import type { Sort } from "../filters/filters.ts";
import { alertColumns, alertFeatures } from "./alert-columns.tsx";
import css from "./list.module.css";

interface Props {
  rows: AlertRow[];
  selection: RowSelectionState;
  onSelect: (updater: Updater<RowSelectionState>) => void;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** Sort orders by column. The first of each pair applies on the first click. */
const sorts: Record<string, [Sort, Sort] | undefined> = {
  severity: ["-severity", "severity"],
  createdAt: ["-createdAt", "createdAt"],
};

export function AlertTable({ rows, selection, onSelect, sort, onSort }: Props) {
  const table = useTable({
    features: alertFeatures,
    columns: alertColumns,
    data: rows,
    getRowId: ({ id }) => id,
    state: { rowSelection: selection },
    onRowSelectionChange: onSelect,
  });
  return (
    <table className={css.table}>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                className={css[header.id]}
                aria-sort={sortOf(sorts[header.id], sort)}
              >
                <SortHeader pair={sorts[header.id]} sort={sort} onSort={onSort}>
                  <table.FlexRender header={header} />
                </SortHeader>
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <TableRow key={row.id} row={row} render={(cell) => <table.FlexRender cell={cell} />} />
        ))}
      </tbody>
    </table>
  );
}

type AlertTableRow = Row<typeof alertFeatures, AlertRow>;

interface RowProps {
  row: AlertTableRow;
  render: (cell: ReturnType<AlertTableRow["getAllCells"]>[number]) => React.ReactNode;
}

function TableRow({ row, render }: RowProps) {
  const element = useRef<HTMLTableRowElement>(null);
  const { status, disposition, version, eventCount, severity } = row.original;
  useChangeHighlight(element, `${version} ${status} ${disposition} ${eventCount} ${severity}`);
  return (
    // The link in the row is for the keyboard.
    <tr
      ref={element}
      onClick={openClickedRow}
      onAuxClick={openClickedRow}
      data-status={status}
      data-selected={row.getIsSelected() || undefined}
    >
      {row.getAllCells().map((cell) => (
        <td key={cell.id} className={css[cell.column.id]}>
          {render(cell)}
        </td>
      ))}
    </tr>
  );
}

/** A click anywhere in a row is one on its link, but for controls and while text is being selected. */
function openClickedRow(event: React.MouseEvent<HTMLTableRowElement>): void {
  const { target, currentTarget, button, ctrlKey, metaKey } = event;
  const isOwn =
    target instanceof Element && target.closest("a, button, input, label, .mantine-Checkbox-root");
  const isSelecting = button === 0 && window.getSelection()?.isCollapsed === false;
  const link = currentTarget.querySelector<HTMLAnchorElement>("a[data-alert]");
  if (isOwn || isSelecting || !link || button > 1) return;
  if (button === 1 || ctrlKey || metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

interface SortHeaderProps {
  pair: [Sort, Sort] | undefined;
  sort: Sort;
  onSort: (sort: Sort) => void;
  children: React.ReactNode;
}

function SortHeader({ pair, sort, onSort, children }: SortHeaderProps) {
  if (!pair) return children;
  const [first, second] = pair;
  return (
    <button type="button" className={css.sort} onClick={() => onSort(sort === first ? second : first)}>
      {children}
      {sort === first ? <Icon name="down" size={12} /> : null}
      {sort === second ? <Icon name="up" size={12} /> : null}
    </button>
  );
}

function sortOf(pair: [Sort, Sort] | undefined, sort: Sort): "ascending" | "descending" | undefined {
  if (!pair?.includes(sort)) return undefined;
  return sort.startsWith("-") ? "descending" : "ascending";
}
