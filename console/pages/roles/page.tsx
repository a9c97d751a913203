import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { permissions } from "../../../src/alert/permission.ts";
import type { RoleBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { usePermission } from "../../session/use-session.ts";
import { copyOf, type RoleDraft, RoleForm } from "./role-form.tsx";
import { RoleMenu } from "./role-menu.tsx";
import css from "./roles.module.css";

export function RolesPage() {
  const roles = useQuery({ queryKey: ["users", "roles"], queryFn: peopleApi.allRoles });
  const canManage = usePermission("Manage Users");
  const [draft, setDraft] = useState<RoleDraft>();
  return (
    <ConfigurePage
      title="Roles"
      intro="What people may do. To act on alerts from Slack, a role needs View Alerts and Manage Alerts."
      action={
        canManage ? (
          <Button
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setDraft({ title: "Create a role", name: "", permissions: [] })}
          >
            Create role
          </Button>
        ) : null
      }
    >
      <Loaded query={roles} label="roles">
        {(all) => (
          <PlainTable label="Roles" heads={["Role", "Permissions", "People", ""]}>
            {all.map((role) => (
              <tr key={role.id}>
                <td>
                  <div className={css.name}>{role.name}</div>
                  {role.builtIn ? (
                    <Text size="xs" c="dimmed">
                      Built-in
                    </Text>
                  ) : null}
                </td>
                <td className="wrap">{describePermissions(role)}</td>
                <td>{role.users}</td>
                <td>
                  {canManage ? (
                    <RoleMenu
                      role={role}
                      onEdit={() => setDraft({ ...role, title: `Edit ${role.name}` })}
                      onCopy={() => setDraft(copyOf(role, all))}
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </PlainTable>
        )}
      </Loaded>
      {draft ? <RoleForm draft={draft} onClose={() => setDraft(undefined)} /> : null}
    </ConfigurePage>
  );
}

function describePermissions({ permissions: held }: RoleBody): string {
  if (held.length === permissions.length) return "All permissions";
  return held.length > 0 ? held.join(", ") : "None";
}
