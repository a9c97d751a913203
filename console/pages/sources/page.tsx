import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { usePermission } from "../../session/use-session.ts";
import { type NewKey, NewKeyDialog } from "./new-key.tsx";
import { SourceCard } from "./source-card.tsx";
import { SourceForm } from "./source-form.tsx";
import css from "./sources.module.css";

export function SourcesPage() {
  const query = useQuery({ queryKey: ["sources"], queryFn: setupApi.sources, refetchInterval: 10_000 });
  const kindsQuery = useQuery({
    queryKey: ["source-kinds"],
    queryFn: setupApi.sourceKinds,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const kinds = kindsQuery.data?.results ?? [];
  const kindOf = (source: SourceBody) => kinds.find(({ kind }) => kind === source.kind);
  const canManage = usePermission("Manage Sources");
  const [form, setForm] = useState<{ edited?: SourceBody }>();
  const [newKey, setNewKey] = useState<NewKey>();
  const sources = query.data?.results ?? [];
  const add = (label: string) =>
    canManage ? (
      <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
        {label}
      </Button>
    ) : null;
  return (
    <ConfigurePage
      title="Sources"
      intro="Tools that send reports to Tocsin. Each has its own URL and keys, which only allow sending reports."
      action={sources.length > 0 ? add("Add source") : null}
    >
      <Loaded query={kindsQuery} label="source kinds">
        {() => (
          <Loaded query={query} label="sources">
            {() =>
              sources.length > 0 ? (
                <ul className={css.cards}>
                  {sources.map((source) => (
                    <SourceCard
                      key={source.id}
                      source={source}
                      kind={kindOf(source)}
                      onEdit={canManage ? () => setForm({ edited: source }) : undefined}
                    />
                  ))}
                </ul>
              ) : (
                <Empty title="No sources yet">
                  <p>
                    Add your first tool, then send a report with the command it shows. The alert appears at
                    once.
                  </p>
                  {add("Add your first source")}
                </Empty>
              )
            }
          </Loaded>
        )}
      </Loaded>
      {form ? (
        <SourceForm
          kinds={kinds}
          edited={form.edited}
          onClose={() => setForm(undefined)}
          onCreated={setNewKey}
        />
      ) : null}
      {newKey ? (
        <NewKeyDialog
          newKey={newKey}
          kind={kindOf(newKey.source)}
          source={sources.find(({ id }) => id === newKey.source.id)}
          onClose={() => setNewKey(undefined)}
        />
      ) : null}
    </ConfigurePage>
  );
}
