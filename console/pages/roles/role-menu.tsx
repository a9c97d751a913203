import { Menu } from "@mantine/core";
import type { RoleBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { ActionsMenu } from "../../components/actions-menu.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";

interface Props {
  role: RoleBody;
  onEdit: () => void;
  onCopy: () => void;
}

/** The actions for a role. A built-in one can only be copied. */
export function RoleMenu({ role: { id, name, builtIn }, onEdit, onCopy }: Props) {
  const remove = useApiMutation({
    mutationFn: () => peopleApi.deleteRole(id),
    invalidates: "users",
    success: `The role ${name} was deleted.`,
    failure: "The role was not deleted.",
  });
  return (
    <ActionsMenu of={name} width={180}>
      {builtIn ? null : <Menu.Item onClick={onEdit}>Edit…</Menu.Item>}
      <Menu.Item onClick={onCopy}>Copy…</Menu.Item>
      {builtIn ? null : (
        <>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => remove.mutate(undefined)}>
            Delete
          </Menu.Item>
        </>
      )}
    </ActionsMenu>
  );
}
