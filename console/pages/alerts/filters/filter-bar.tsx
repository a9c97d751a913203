import { NativeSelect } from "@mantine/core";
import { alertTypeLabels, severityLabels, statusLabels } from "../../../../src/alert/alert.ts";
import { dispositionLabels } from "../../../../src/alert/disposition.ts";
import type { AlertRow } from "../../../../src/triage/contract.ts";
import { Icon } from "../../../components/icon.tsx";
import { keysOf } from "../../../forms/choices.ts";
import { SaveView } from "../../../views/save-view.tsx";
import { useFilterChoices } from "./filter-choices.ts";
import { type Choice, FilterMenu } from "./filter-menu.tsx";
import css from "./filters.module.css";
import { type Filters, type Sort, silencedLabels, sortLabels } from "./filters.ts";
import { TimeMenu } from "./time-menu.tsx";

interface Props {
  filters: Filters;
  /** Sets the given filters and keeps the others. */
  onChange: (change: Filters) => void;
  onClear: () => void;
  rows: AlertRow[];
}

const statusChoices = choicesOf(statusLabels);
const severityChoices = choicesOf(severityLabels);
const typeChoices = choicesOf(alertTypeLabels);
const silencedChoices = choicesOf(silencedLabels);
const dispositionChoices = choicesOf(dispositionLabels);

/** Filters that only links set, such as one in Slack. */
const linkedFilters = {
  digest: "In one digest",
  silence: "Silenced by one silence",
  seenBefore: "Seen before an alert",
} as const;

export function FilterBar({ filters, onChange, onClear, rows }: Props) {
  const { sources, detections, logTypes, tags, assignees } = useFilterChoices(rows);
  const set = (name: keyof Filters) => (chosen: string[]) =>
    onChange({ [name]: chosen.length > 0 ? chosen : undefined });
  const { sort: _, ...active } = filters;
  return (
    <div className={css.bar} role="toolbar" aria-label="Filters">
      <FilterMenu
        label="Status"
        choices={statusChoices}
        chosen={filters.status ?? []}
        fallback={filters.disposition ? "Resolved, Invalid" : "Open, Triaged"}
        onChange={set("status")}
      />
      <FilterMenu
        label="Severity"
        choices={severityChoices}
        chosen={filters.severity ?? []}
        onChange={set("severity")}
      />
      <FilterMenu
        label="Assignee"
        choices={assignees}
        chosen={filters.assignee ?? []}
        onChange={set("assignee")}
      />
      <FilterMenu
        label="Detection"
        choices={detections}
        chosen={filters.detection ?? []}
        onChange={set("detection")}
        allowCustom
      />
      <FilterMenu
        label="Log type"
        choices={logTypes}
        chosen={filters.logType ?? []}
        onChange={set("logType")}
        allowCustom
      />
      <FilterMenu
        label="Disposition"
        choices={dispositionChoices}
        chosen={filters.disposition ?? []}
        onChange={set("disposition")}
      />
      <FilterMenu label="Tag" choices={tags} chosen={filters.tag ?? []} onChange={set("tag")} allowCustom />
      <FilterMenu label="Source" choices={sources} chosen={filters.source ?? []} onChange={set("source")} />
      <FilterMenu label="Type" choices={typeChoices} chosen={filters.type ?? []} onChange={set("type")} />
      <TimeMenu
        key={`${filters.after}${filters.before}`}
        label="Opened"
        range={filters}
        onChange={onChange}
      />
      <FilterMenu
        label="Silenced"
        choices={silencedChoices}
        chosen={filters.silenced ? [filters.silenced] : []}
        // The menu allows several; the last one chosen counts.
        onChange={(chosen) =>
          onChange({ silenced: keysOf(silencedLabels).find((key) => key === chosen.at(-1)) })
        }
      />
      {keysOf(linkedFilters).map((name) =>
        filters[name] ? (
          <button
            key={name}
            type="button"
            className={css.chip}
            data-active
            onClick={() => onChange({ [name]: undefined })}
            aria-label={`${linkedFilters[name]}: remove this filter`}
          >
            {linkedFilters[name]}
            <Icon name="close" size={12} />
          </button>
        ) : null,
      )}
      {Object.keys(active).length > 0 ? (
        <>
          <button type="button" className={css.clear} onClick={onClear}>
            Clear all
          </button>
          <SaveView filters={filters} />
        </>
      ) : null}
    </div>
  );
}

function choicesOf(labels: Record<string, string>): Choice[] {
  return keysOf(labels).map((value) => ({ value, label: labels[value] ?? value }));
}

const sortChoices = keysOf(sortLabels).map((value) => ({ value, label: sortLabels[value] }));

export function SortMenu({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  const choose = (value: string) => onSort(keysOf(sortLabels).find((key) => key === value) ?? "-createdAt");
  return (
    <NativeSelect
      size="xs"
      w={150}
      aria-label="Sort by"
      data={sortChoices}
      value={sort}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
