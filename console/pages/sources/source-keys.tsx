import { Button } from "@mantine/core";
import { useState } from "react";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Time } from "../../components/time.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import type { NewKey } from "./new-key.tsx";
import css from "./sources.module.css";

type Key = SourceBody["keys"][number];

interface Props {
  source: SourceBody;
  /** Undefined without the permission to edit. */
  onNewKey: ((key: NewKey) => void) | undefined;
}

/** A source's keys. Two can be valid at once: add the new one, change the tool, delete the old one. */
export function SourceKeys({ source, onNewKey }: Props) {
  const [deleting, setDeleting] = useState<Key>();
  const add = useApiMutation({
    mutationFn: () => setupApi.addKey(source.id),
    invalidates: "sources",
    failure: "The key was not added.",
    onSuccess: ({ key }) => onNewKey?.({ source, key }),
  });
  const remove = useApiMutation({
    mutationFn: (key: Key) => setupApi.deleteKey(source.id, key.id),
    invalidates: "sources",
    success: "The key was deleted.",
    failure: "The key was not deleted.",
    onSuccess: () => setDeleting(undefined),
  });
  return (
    <div className={css.keys}>
      <h3>Keys</h3>
      <ul>
        {source.keys.map((key) => (
          <li key={key.id}>
            <code>…{key.hint}</code>
            <span className={css.dim}>
              created <Time at={key.createdAt} />,{" "}
              {key.lastUsedAt ? <LastUsed at={key.lastUsedAt} /> : "never used"}
            </span>
            {onNewKey ? (
              <Button
                variant="subtle"
                color="red"
                size="compact-xs"
                onClick={() => setDeleting(key)}
                aria-label={`Delete the key ending in ${key.hint}`}
              >
                Delete
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {onNewKey && source.keys.length < 2 ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={add.isPending}
          onClick={() => add.mutate(undefined)}
        >
          {source.keys.length === 0 ? "Add key" : "Add a second key"}
        </Button>
      ) : null}
      {deleting ? (
        <ConfirmDelete
          name={deleting.hint}
          action="Delete key"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(deleting)}
          onClose={() => setDeleting(undefined)}
        >
          Reports that still use this key are refused at once.
        </ConfirmDelete>
      ) : null}
    </div>
  );
}

function LastUsed({ at }: { at: string }) {
  return (
    <>
      last used <Time at={at} />
    </>
  );
}
