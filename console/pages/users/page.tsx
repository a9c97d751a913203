import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { UserBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { usePermission, useSession } from "../../session/use-session.ts";
import { useProviderOnly } from "../../session/use-sign-in-ways.ts";
import { LinkSlackUserForm } from "./link-slack-user-form.tsx";
import { type PasswordLink, UserForm } from "./user-form.tsx";
import { UserMenu } from "./user-menu.tsx";

export function UsersPage() {
  const pages = usePages(["users", "pages"], peopleApi.users);
  const canManage = usePermission("Manage Users");
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<PasswordLink>();
  // A link would be refused: the new user signs in at the identity provider.
  const providerOnly = useProviderOnly();
  return (
    <ConfigurePage
      title="Users"
      intro="People who can see and triage alerts. Tocsin recognises people in Slack by their email address. If it differs from the one here, link their Slack user."
      action={
        canManage ? (
          <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setInviting(true)}>
            Invite user
          </Button>
        ) : null
      }
    >
      <Loaded query={pages} label="users">
        {(users) => (
          <PlainTable label="Users" heads={["Name", "Email", "Role", "State", ""]}>
            {users.map((user) => (
              <UserRow key={user.id} user={user} onLink={canManage ? setLink : undefined} />
            ))}
          </PlainTable>
        )}
      </Loaded>
      <LoadMore pages={pages} />
      {inviting ? (
        <UserForm onClose={() => setInviting(false)} onCreated={providerOnly ? () => undefined : setLink} />
      ) : null}
      {link ? (
        <SecretDialog
          title={`Password link for ${link.name}`}
          label="link"
          secret={link.url}
          advice={`Send this link to ${link.name}. It works once, within 24 hours, to choose a password. It can't be shown again.`}
          onClose={() => setLink(undefined)}
        />
      ) : null}
    </ConfigurePage>
  );
}

interface Props {
  user: UserBody;
  /** Receives a new password link. Undefined without the permission to edit. */
  onLink: ((link: PasswordLink) => void) | undefined;
}

export function UserRow({ user, onLink }: Props) {
  const me = useSession().data?.user.id;
  const [linking, setLinking] = useState(false);
  return (
    <tr>
      <td>
        {user.name}
        {user.id === me ? " (you)" : ""}
      </td>
      <td className="wrap">
        {user.email}
        {user.slackUsers.map(({ slackUserId, name }) => (
          <Text key={slackUserId} size="xs" c="dimmed">
            In Slack: {name} ({slackUserId})
          </Text>
        ))}
      </td>
      <td>{user.role}</td>
      <td>
        <Text c={user.enabled && (user.hasPassword || user.byProvider) ? undefined : "dimmed"}>
          {stateOf(user)}
        </Text>
      </td>
      <td>
        {onLink ? <UserMenu user={user} onLink={onLink} onLinkSlackUser={() => setLinking(true)} /> : null}
        {linking ? <LinkSlackUserForm user={user} onClose={() => setLinking(false)} /> : null}
      </td>
    </tr>
  );
}

function stateOf({ enabled, hasPassword, byProvider }: UserBody): string {
  if (!enabled) return "Disabled";
  return hasPassword || byProvider ? "Enabled" : "Invited, no password yet";
}
