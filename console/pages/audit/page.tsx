import { Button, Group, Menu, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { peopleApi } from "../../api/people.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import css from "./audit.module.css";
import { AuditRow } from "./audit-row.tsx";
import { AuditFilterBar } from "./filter-bar.tsx";
import { type AuditSearch, auditQuery } from "./filters.ts";

export function AuditPage() {
  const search = useSearch({ from: "/shell/configure/audit-log" });
  const navigate = useNavigate({ from: "/configure/audit-log" });
  const pages = usePages(["audit-log", JSON.stringify(search)], (cursor) =>
    peopleApi.auditLog({ ...auditQuery(search, new Date()), cursor }),
  );
  const change = (changed: AuditSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const isFiltered = Object.keys(search).length > 0;
  return (
    <ConfigurePage
      title="Audit log"
      intro="Every sign-in, change and refused attempt, newest first. Nobody can change or delete an entry."
      action={
        <Group gap="xs">
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/configure/audit-log/streaming" />}
          >
            Streaming
          </Button>
          <ExportMenu search={search} />
        </Group>
      }
    >
      <div className={css.tools}>
        <SearchField
          key={search.q ?? ""}
          q={search.q ?? ""}
          onSearch={(q) => change({ q: q || undefined })}
        />
        <AuditFilterBar
          search={search}
          entries={pages.data ?? []}
          onChange={change}
          onClear={() => void navigate({ search: {}, replace: true })}
        />
      </div>
      <Loaded query={pages} label="audit entries">
        {(entries) =>
          entries.length > 0 ? (
            <div className={css.list}>
              <PlainTable label="Audit log" heads={["When", "What happened", "From", "Outcome", ""]}>
                {entries.map((entry) => (
                  <AuditRow key={entry.id} entry={entry} />
                ))}
              </PlainTable>
            </div>
          ) : isFiltered ? (
            <Empty title="No entries match these filters">
              <p>Remove a filter, or choose a longer time.</p>
            </Empty>
          ) : (
            <Empty title="No entries yet">
              <p>The next sign-in or change will appear here.</p>
            </Empty>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
    </ConfigurePage>
  );
}

/** Searches on Enter, so that a half-typed word is not searched for in the whole log. */
function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const [text, setText] = useState(q);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <TextInput
        size="xs"
        type="search"
        maxLength={200}
        aria-label="Search the audit log"
        placeholder="Search names, ids, values"
        leftSection={<Icon name="search" size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text.trim() !== q && onSearch(text.trim())}
      />
    </form>
  );
}

function ExportMenu({ search }: { search: AuditSearch }) {
  const link = (format: "csv" | "jsonl") =>
    peopleApi.auditExport({ ...auditQuery(search, new Date()), format });
  const what = Object.keys(search).length > 0 ? "matching entries" : "all entries";
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Download {what}, oldest first</Menu.Label>
        <Menu.Item component="a" href={link("csv")} download>
          CSV
        </Menu.Item>
        <Menu.Item component="a" href={link("jsonl")} download>
          JSON Lines
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
