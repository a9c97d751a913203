import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SourceBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ActionsMenu } from "../../components/actions-menu.tsx";
import { ConfirmDelete } from "../../forms/confirm-delete.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";

interface Props {
  source: SourceBody;
  onEdit: () => void;
  onDeleted?: () => void;
}

/** What can be done with a source. */
export function SourceMenu({ source, onEdit, onDeleted }: Props) {
  const [deleting, setDeleting] = useState(false);
  const remove = useApiMutation({
    mutationFn: () => setupApi.deleteSource(source.id),
    invalidates: "sources",
    success: `${source.name} was deleted.`,
    failure: "The source was not deleted.",
    ...(onDeleted && { onSuccess: onDeleted }),
  });
  return (
    <>
      <ActionsMenu of={source.name} width={160}>
        <Menu.Item onClick={onEdit}>Edit</Menu.Item>
        <Menu.Item
          renderRoot={(props) => (
            <Link to="/configure/sources/$source/expressions" params={{ source: source.id }} {...props} />
          )}
        >
          Expressions
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" onClick={() => setDeleting(true)}>
          Delete
        </Menu.Item>
      </ActionsMenu>
      {deleting ? (
        <ConfirmDelete
          name={source.name}
          action="Delete"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setDeleting(false)}
        >
          Its keys stop working at once, so reports from the tool are refused. The bodies of it that Tocsin
          keeps are deleted. Alerts it opened are kept.
        </ConfirmDelete>
      ) : null}
    </>
  );
}
