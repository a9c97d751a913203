import { Text } from "@mantine/core";
import { peopleApi } from "../../api/people.ts";
import { Empty } from "../../parts/lists/empty.tsx";
import { LoadMore } from "../../components/lists/paged-list.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { usePages } from "../../parts/lists/use-pages.ts";
import { SettingsPage } from "../../components/settings-page.tsx";
import { AuditRow } from "../../audit/audit-row.tsx";

export function AuditPage() {
  const pages = usePages(["audit-log"], peopleApi.auditLog);
  return (
    <SettingsPage title="Audit log" about="Every sign-in, change and refused attempt, newest first.">
      <Loaded query={pages} what="audit entries">
        {(entries) =>
          entries.length > 0 ? (
            <PlainTable label="Audit log" heads={["When", "Who", "What", "On", "From", "Outcome"]}>
              {entries.map((entry) => (
                <AuditRow key={entry.id} entry={entry} />
              ))}
            </PlainTable>
          ) : (
            <Empty title="Nothing yet">
              <Text>The next sign-in or change will stand here.</Text>
            </Empty>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
    </SettingsPage>
  );
}
