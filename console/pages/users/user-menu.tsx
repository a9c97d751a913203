import { ActionIcon, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { slackTrust } from "../../../src/alert/permission.ts";
import type { UserBody } from "../../../src/people/contract.ts";
import { factorsApi } from "../../api/factors.ts";
import { peopleApi } from "../../api/people.ts";
import { Icon } from "../../components/icon.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { usePermission } from "../../session/use-session.ts";
import type { PasswordLink } from "./user-form.tsx";

interface Props {
  user: UserBody;
  onLink: (link: PasswordLink) => void;
  /** Opens the form that links a Slack user. */
  onLinkSlackUser: () => void;
}

/** The actions for a user. */
export function UserMenu({ user, onLink, onLinkSlackUser }: Props) {
  const { id, name, enabled, slackUsers } = user;
  const mayLink = usePermission(...slackTrust);
  const roles = useQuery({ queryKey: ["roles"], queryFn: peopleApi.roles });
  const change = useApiMutation({
    mutationFn: (changed: { role?: string; enabled?: boolean }) => peopleApi.changeUser(id, changed),
    invalidates: "users",
    failure: "The user was not changed.",
  });
  const createLink = useApiMutation({
    mutationFn: () => peopleApi.createPasswordLink(id),
    invalidates: "users",
    failure: "The link was not created.",
    onSuccess: ({ setPasswordUrl }) => onLink({ name, url: setPasswordUrl }),
  });
  const removeFactors = useApiMutation({
    mutationFn: () => factorsApi.removeOf(id),
    invalidates: "users",
    success: `${name} signs in by password alone now, and has to sign in again.`,
    failure: "The second factors were not removed.",
  });
  const unlink = useApiMutation({
    mutationFn: (slackUserId: string) => peopleApi.unlinkSlackUser(id, slackUserId),
    invalidates: "users",
    success: `The Slack user was unlinked. ${name} is recognised by email address again.`,
    failure: "The Slack user was not unlinked.",
  });
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
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
        <Menu.Item disabled={!mayLink} onClick={onLinkSlackUser}>
          Link to a Slack user…
        </Menu.Item>
        {slackUsers.map((slackUser) => (
          <Menu.Item
            key={slackUser.slackUserId}
            disabled={!mayLink}
            onClick={() => unlink.mutate(slackUser.slackUserId)}
          >
            Unlink {slackUser.name} in Slack
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={!enabled} onClick={() => createLink.mutate(undefined)}>
          Create password link
        </Menu.Item>
        {user.hasSecondFactor ? (
          <Menu.Item onClick={() => removeFactors.mutate(undefined)}>Remove second factors</Menu.Item>
        ) : null}
        <Menu.Item onClick={() => change.mutate({ enabled: !enabled })}>
          {enabled ? "Disable" : "Enable"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
