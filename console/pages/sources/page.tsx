import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { useMay } from "../../session/use-session.ts";
import { KeyOnce, type NewKey } from "./new-key.tsx";
import { SourceCard } from "./source-card.tsx";
import { SourceForm } from "./source-form.tsx";
import css from "./sources.module.css";

export function SourcesPage() {
  const query = useQuery({ queryKey: ["sources"], queryFn: setupApi.sources, refetchInterval: 10_000 });
  const mayManage = useMay("Manage Sources");
  const [form, setForm] = useState<{ edited?: SourceBody }>();
  const [newKey, setNewKey] = useState<NewKey>();
  const sources = query.data?.results ?? [];
  const add = (label: string) =>
    mayManage ? (
      <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
        {label}
      </Button>
    ) : null;
  return (
    <SettingsPage
      title="Sources"
      about="The tools that report to Tocsin. Each has an address and keys of its own, which can do nothing else."
      action={sources.length > 0 ? add("Add source") : null}
    >
      <Loaded query={query} what="sources">
        {() =>
          sources.length > 0 ? (
            <ul className={css.cards}>
              {sources.map((source) => (
                <SourceCard
                  key={source.id}
                  source={source}
                  manage={
                    mayManage ? { onEdit: () => setForm({ edited: source }), onNewKey: setNewKey } : undefined
                  }
                />
              ))}
            </ul>
          ) : (
            <Empty title="No source yet">
              <p>
                Add the first tool, and send a report with the command it shows. The alert appears at once.
              </p>
              {add("Add your first source")}
            </Empty>
          )
        }
      </Loaded>
      {form ? (
        <SourceForm edited={form.edited} onClose={() => setForm(undefined)} onCreated={setNewKey} />
      ) : null}
      {newKey ? (
        <KeyOnce
          shown={newKey}
          source={sources.find(({ id }) => id === newKey.source.id)}
          onClose={() => setNewKey(undefined)}
        />
      ) : null}
    </SettingsPage>
  );
}
