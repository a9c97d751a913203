import { ActionIcon, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { UserBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { Icon } from "../../components/icon.tsx";
import { useChange } from "../../forms/use-change.ts";
import type { PasswordLink } from "./user-form.tsx";

interface Props {
  user: UserBody;
  onLink: (link: PasswordLink) => void;
  /** Asks who they are in Slack. */
  onTie: () => void;
}

/** What a row can be changed by. */
export function UserMenu({ user, onLink, onTie }: Props) {
  const { id, name, enabled, slackUsers } = user;
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
  const untie = useChange({
    change: (slackUserId: string) => peopleApi.untie(id, slackUserId),
    refresh: "users",
    done: `In Slack the e-mail says again who ${name} is.`,
    failed: "Nothing was changed.",
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
        <Menu.Item onClick={onTie}>Tie to a Slack user…</Menu.Item>
        {slackUsers.map((tied) => (
          <Menu.Item key={tied.slackUserId} onClick={() => untie.mutate(tied.slackUserId)}>
            Untie {tied.name} in Slack
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
