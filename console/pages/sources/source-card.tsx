import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import { resolvePolicyLabels, sourceKindLabels } from "../../../src/alert/report.ts";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyLine } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { SeverityMark } from "../../components/marks.tsx";
import { Time } from "../../components/time.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useChange } from "../../forms/use-change.ts";
import { curl } from "./curl.ts";
import type { NewKey } from "./new-key.tsx";
import { SourceKeys } from "./source-keys.tsx";
import css from "./sources.module.css";

interface Manage {
  onEdit: () => void;
  onNewKey: (key: NewKey) => void;
}

/** `manage` is undefined for those who may only look. */
export function SourceCard({ source, manage }: { source: SourceBody; manage: Manage | undefined }) {
  const { name, kind, url, lastReceivedAt } = source;
  const command = curl({ kind, url, key: "YOUR_KEY" });
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <h2 className="wrap">{name}</h2>
        <span className={css.dim}>{sourceKindLabels[kind]}</span>
        <span className={lastReceivedAt ? css.arrived : css.pending}>
          {lastReceivedAt ? (
            <>
              Last received <Time at={lastReceivedAt} />
            </>
          ) : (
            "Nothing received yet"
          )}
        </span>
        {manage ? <SourceMenu source={source} onEdit={manage.onEdit} /> : null}
      </div>
      <CopyLine text={url} what="address" />
      <details className={css.try}>
        <summary>Send a report with curl</summary>
        <CopyLine text={command} what="command" />
      </details>
      <dl className={css.facts}>
        <dt>Severity, unless the report says</dt>
        <dd>
          <SeverityMark severity={source.defaultSeverity} />
        </dd>
        <dt>May resolve its alerts</dt>
        <dd>{resolvePolicyLabels[source.resolves]}</dd>
      </dl>
      <SourceKeys source={source} onNewKey={manage?.onNewKey} />
    </li>
  );
}

function SourceMenu({ source, onEdit }: { source: SourceBody; onEdit: () => void }) {
  const [deleting, setDeleting] = useState(false);
  const remove = useChange({
    change: () => setupApi.deleteSource(source.id),
    refresh: "sources",
    done: `${source.name} is deleted.`,
    failed: "Nothing was deleted.",
  });
  return (
    <>
      <Menu position="bottom-end" width={160} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${source.name}`}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>Edit</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setDeleting(true)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deleting ? (
        <ConfirmDelete
          name={source.name}
          action="Delete"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setDeleting(false)}
        >
          Its keys stop working at once, so the tool's reports are refused. The alerts it opened stay.
        </ConfirmDelete>
      ) : null}
    </>
  );
}
