import { ActionIcon, Menu, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { UserBody } from "../../src/http/contract/user.ts";
import { peopleApi } from "../api/people.ts";
import { useChange } from "../forms/use-change.ts";
import { Icon } from "../parts/marks/icon.tsx";
import { useSession } from "../session/use-session.ts";
import type { PasswordLink } from "./password-link.ts";

interface Props {
  user: UserBody;
  /** Takes a new password link; undefined for those who may only look. */
  onLink: ((link: PasswordLink) => void) | undefined;
}

export function UserRow({ user, onLink }: Props) {
  const me = useSession().data?.user.id;
  return (
    <tr>
      <td>
        {user.name}
        {user.id === me ? " (you)" : ""}
      </td>
      <td className="wrap">{user.email}</td>
      <td>{user.role}</td>
      <td>
        <Text c={user.enabled && user.hasPassword ? undefined : "dimmed"}>{stateOf(user)}</Text>
      </td>
      <td>{onLink ? <UserMenu user={user} onLink={onLink} /> : null}</td>
    </tr>
  );
}

function stateOf({ enabled, hasPassword }: UserBody): string {
  if (!enabled) return "Disabled";
  return hasPassword ? "Enabled" : "Invited, no password yet";
}

function UserMenu({ user, onLink }: { user: UserBody; onLink: (link: PasswordLink) => void }) {
  const { id, name, enabled } = user;
  const roles = useQuery({ queryKey: ["roles"], queryFn: peopleApi.roles });
  const change = useChange({
    change: (some: { role?: string; enabled?: boolean }) => peopleApi.changeUser(id, some),
    refresh: "users",
    failed: "Nothing was changed.",
  });
  const renew = useChange({
    change: () => peopleApi.newPasswordLink(id),
    refresh: "users",
    failed: "No link was made.",
    onDone: ({ setPasswordUrl }) => onLink({ name, url: setPasswordUrl }),
  });
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`More for ${name}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Role</Menu.Label>
        {(roles.data?.results ?? []).map((role) => (
          <Menu.Item
            key={role.id}
            disabled={role.name === user.role}
            rightSection={role.name === user.role ? <Icon name="check" /> : null}
            onClick={() => change.mutate({ role: role.name })}
          >
            {role.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={!enabled} onClick={() => renew.mutate(undefined)}>
          New password link
        </Menu.Item>
        <Menu.Item onClick={() => change.mutate({ enabled: !enabled })}>
          {enabled ? "Disable" : "Enable"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
