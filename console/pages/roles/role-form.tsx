import { Text, TextInput } from "@mantine/core";
import { type Permission, permissionDescriptions, permissions } from "../../../src/alert/permission.ts";
import type { RoleBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { CheckGroup } from "../../forms/check-group.tsx";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { useSession } from "../../session/use-session.ts";

/** A new role, or an existing one with its id, before it is saved. */
export interface RoleDraft {
  title: string;
  id?: string;
  name: string;
  permissions: Permission[];
  /** How many people have it. */
  users?: number;
}

/** Says what people with the role may do, with a checkbox for each permission. */
export function RoleForm({ draft, onClose }: { draft: RoleDraft; onClose: () => void }) {
  const { id, title, users = 0 } = draft;
  const held = useSession().data?.permissions ?? [];
  const save = useApiMutation({
    mutationFn: (role: Values) =>
      id === undefined ? peopleApi.addRole(role) : peopleApi.changeRole(id, role),
    invalidates: "users",
    failure: "in the form",
    onSuccess: onClose,
  });
  const fields = useFields<Values>({ name: draft.name, permissions: draft.permissions }, save.error);
  const lacking = permissions.filter((one) => !held.includes(one));
  const hint = viewHint(fields.values.permissions);
  return (
    <FormDialog
      title={title}
      action={id === undefined ? "Create role" : "Save"}
      busy={save.isPending}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      {users > 0 ? (
        <Text size="sm">
          {users === 1 ? "1 person has this role." : `${users} people have this role.`} Changes take effect at
          once, for their API tokens too.
        </Text>
      ) : null}
      <TextInput label="Name" required maxLength={100} data-autofocus {...fields.text("name")} />
      <CheckGroup
        label="Permissions"
        options={names}
        descriptions={permissionDescriptions}
        disabled={lacking}
        {...fields.choice("permissions")}
      />
      {lacking.length > 0 ? (
        <Text size="sm" c="dimmed">
          You can't grant permissions that you don't have.
        </Text>
      ) : null}
      {hint ? (
        <Text size="sm" c="dimmed" role="status">
          {hint}
        </Text>
      ) : null}
    </FormDialog>
  );
}

type Values = Pick<RoleBody, "name" | "permissions">;

const names: Partial<Record<Permission, string>> = Object.fromEntries(permissions.map((one) => [one, one]));

const viewOf = {
  "Manage Alerts": "View Alerts",
  "Manage Destinations": "View Destinations",
  "Manage Sources": "View Sources",
  "Manage Users": "View Users",
} as const satisfies Partial<Record<Permission, Permission>>;

/** What the chosen permissions lack to be of use in the Console; undefined if nothing. */
function viewHint(chosen: readonly Permission[]): string | undefined {
  const blind = Object.entries(viewOf).filter(
    ([manage, view]) => chosen.some((one) => one === manage) && !chosen.includes(view),
  );
  if (blind.length === 0) return undefined;
  const [manages, views] = [blind.map(([manage]) => manage), blind.map(([, view]) => view)];
  const work = manages.length === 1 ? "works" : "work";
  return `Without ${list.format(views)}, ${list.format(manages)} ${work} through the API only.`;
}

const list = new Intl.ListFormat("en-GB");

/** A new role with the same permissions, and a name that no other has. */
export function copyOf(role: RoleBody, all: readonly RoleBody[]): RoleDraft {
  const taken = new Set(all.map(({ name }) => name.toLowerCase()));
  const base = `Copy of ${role.name}`.slice(0, 90);
  const numbered = Array.from({ length: all.length }, (_, at) => `${base} ${at + 2}`);
  const name = [base, ...numbered].find((one) => !taken.has(one.toLowerCase())) ?? base;
  return { title: `Copy ${role.name}`, name, permissions: role.permissions };
}
