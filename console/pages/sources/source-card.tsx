import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import { resolvePolicyLabels } from "../../../src/alert/report.ts";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { SeverityBadge } from "../../components/badges.tsx";
import { CopyBlock } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { Time } from "../../components/time.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import type { NewKey } from "./new-key.tsx";
import { SourceKeys } from "./source-keys.tsx";
import css from "./sources.module.css";
import { ToolSetup } from "./tool-setup.tsx";

interface Manage {
  onEdit: () => void;
  onNewKey: (key: NewKey) => void;
}

interface Props {
  source: SourceBody;
  /** Undefined if only a newer version of Tocsin knows the source's kind. */
  kind: SourceKindBody | undefined;
  /** Undefined without the permission to edit. */
  manage: Manage | undefined;
}

export function SourceCard({ source, kind, manage }: Props) {
  const { name, url, lastReceivedAt } = source;
  return (
    <li className={css.card}>
      <div className={css.cardHead}>
        <h2 className="wrap">{name}</h2>
        <span className={css.dim}>{kind?.label ?? source.kind}</span>
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
      <CopyBlock text={url} label="URL" />
      {kind ? (
        <details className={css.how}>
          <summary>How to send reports</summary>
          <ToolSetup kind={kind} target={{ url, key: "YOUR_KEY" }} />
        </details>
      ) : null}
      <dl className={css.facts}>
        <dt>Default severity</dt>
        <dd>
          <SeverityBadge severity={source.defaultSeverity} />
        </dd>
        <dt>Can resolve alerts</dt>
        <dd>{resolvePolicyLabels[source.resolves]}</dd>
      </dl>
      <SourceKeys source={source} onNewKey={manage?.onNewKey} />
    </li>
  );
}

function SourceMenu({ source, onEdit }: { source: SourceBody; onEdit: () => void }) {
  const [deleting, setDeleting] = useState(false);
  const remove = useApiMutation({
    mutationFn: () => setupApi.deleteSource(source.id),
    invalidates: "sources",
    success: `${source.name} was deleted.`,
    failure: "The source was not deleted.",
  });
  return (
    <>
      <Menu position="bottom-end" width={160} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${source.name}`}>
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
          Its keys stop working at once, so reports from the tool are refused. Alerts it opened are kept.
        </ConfirmDelete>
      ) : null}
    </>
  );
}
