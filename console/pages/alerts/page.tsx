import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { RowSelectionState } from "@tanstack/react-table";
import { useState } from "react";
import type { AlertRow } from "../../../src/triage/contract.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore } from "../../components/lists/paged-list.tsx";
import { usePermission } from "../../session/use-session.ts";
import { TriageControls } from "../../triage/triage-controls.tsx";
import { TriageKeys } from "../../triage/triage-keys.tsx";
import css from "./alerts.module.css";
import { FilterBar, SortMenu } from "./filters/filter-bar.tsx";
import type { Filters, Sort } from "./filters/filters.ts";
import { useAlertList } from "./list/alert-list.ts";
import { AlertTable } from "./list/alert-table.tsx";
import { useListKeys } from "./list/list-keys.ts";
import { NoAlerts } from "./no-alerts.tsx";

export function AlertsPage() {
  const filters = useSearch({ from: "/shell/alerts" });
  const navigate = useNavigate({ from: "/alerts" });
  const { list, rows, unseen, showNew } = useAlertList(filters);
  const [selection, setSelection] = useState<RowSelectionState>({});
  const selected = rows.filter(({ id }) => selection[id]);
  const canTriage = usePermission("Manage Alerts");
  const toggle = (id: string) => setSelection((before) => toggled(before, id));
  const focused = useListKeys({ rows, onToggle: toggle });

  const change = (changed: Filters) => void navigate({ search: (before) => ({ ...before, ...changed }) });
  const sort: Sort = filters.sort ?? "-createdAt";
  const setSort = (next: Sort) => change({ sort: next === "-createdAt" ? undefined : next });
  return (
    <>
      <div className={css.top}>
        <h1>Alerts</h1>
        {list.data ? <span className={css.count}>{countText(rows.length, list.hasNextPage)}</span> : null}
        <SortMenu sort={sort} onSort={setSort} />
      </div>
      <FilterBar
        filters={filters}
        rows={rows}
        onChange={change}
        onClear={() => void navigate({ search: { sort: filters.sort } })}
      />
      <div className={css.panel}>
        {unseen.length > 0 ? (
          <button type="button" className={css.newAlerts} onClick={showNew}>
            {unseen.length >= 50 ? "50 or more" : unseen.length} new
          </button>
        ) : null}
        <Loaded query={list} label="alerts">
          {() =>
            rows.length > 0 ? (
              <AlertTable
                rows={rows}
                selection={selection}
                onSelect={setSelection}
                sort={sort}
                onSort={setSort}
              />
            ) : (
              <NoAlerts filters={filters} />
            )
          }
        </Loaded>
      </div>
      <LoadMore pages={list} />
      {canTriage ? <TriageKeys targets={() => (selected.length > 0 ? selected : focused())} /> : null}
      {canTriage && selected.length > 0 ? (
        <BulkBar alerts={selected} onClear={() => setSelection({})} />
      ) : null}
    </>
  );
}

/** How many alerts match, as far as that is known without counting all of them. */
function countText(loaded: number, hasMore: boolean): string {
  if (hasMore) return `more than ${loaded}`;
  return String(loaded);
}

function toggled(selection: RowSelectionState, id: string): RowSelectionState {
  const { [id]: selected, ...others } = selection;
  return selected ? others : { ...others, [id]: true };
}

/** Actions for the selected rows, at the bottom of the window while there are any. */
export function BulkBar({ alerts, onClear }: { alerts: AlertRow[]; onClear: () => void }) {
  return (
    <section className={css.bulk} aria-label="Selected alerts">
      <strong>{alerts.length} selected</strong>
      <TriageControls alerts={alerts} />
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  );
}
