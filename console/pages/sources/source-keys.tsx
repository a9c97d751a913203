import { Button } from "@mantine/core";
import { useState } from "react";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Time } from "../../components/time.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useChange } from "../../forms/use-change.ts";
import type { NewKey } from "./new-key.tsx";
import css from "./sources.module.css";

type Key = SourceBody["keys"][number];

interface Props {
  source: SourceBody;
  /** Undefined for those who may only look. */
  onNewKey: ((key: NewKey) => void) | undefined;
}

/** A source's keys. Two may be valid at once: add the new one, change the tool, delete the old one. */
export function SourceKeys({ source, onNewKey }: Props) {
  const [deleting, setDeleting] = useState<Key>();
  const add = useChange({
    change: () => setupApi.addKey(source.id),
    refresh: "sources",
    failed: "No key was added.",
    onDone: ({ key }) => onNewKey?.({ source, key }),
  });
  const remove = useChange({
    change: (key: Key) => setupApi.deleteKey(source.id, key.id),
    refresh: "sources",
    done: "The key is deleted.",
    failed: "The key was not deleted.",
    onDone: () => setDeleting(undefined),
  });
  return (
    <div className={css.keys}>
      <h3>Keys</h3>
      <ul>
        {source.keys.map((key) => (
          <li key={key.id}>
            <code>…{key.hint}</code>
            <span className={css.dim}>
              made <Time at={key.createdAt} />,{" "}
              {key.lastUsedAt ? <UsedAt at={key.lastUsedAt} /> : "never used"}
            </span>
            {onNewKey ? (
              <Button
                variant="subtle"
                color="red"
                size="compact-xs"
                onClick={() => setDeleting(key)}
                aria-label={`Delete the key that ends in ${key.hint}`}
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
          {source.keys.length === 0 ? "Add key" : "Add second key to rotate"}
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
          Whatever still uses this key is refused at once.
        </ConfirmDelete>
      ) : null}
    </div>
  );
}

function UsedAt({ at }: { at: string }) {
  return (
    <>
      used <Time at={at} />
    </>
  );
}
