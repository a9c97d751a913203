import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { UserBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { usePermission, useSession } from "../../session/use-session.ts";
import { useProviderOnly } from "../../session/use-sign-in-ways.ts";
import { LinkSlackUserForm } from "./link-slack-user-form.tsx";
import { PasswordLinkDialog } from "./password-link-dialog.tsx";
import { SlackState } from "./slack-state.tsx";
import { EditUserForm, InviteForm, type PasswordLink } from "./user-form.tsx";
import { UserMenu } from "./user-menu.tsx";
import css from "./users.module.css";

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
          <PlainTable label="Users" heads={["Name", "Role", "Slack", "State", ""]}>
            {users.map((user) => (
              <UserRow key={user.id} user={user} onLink={canManage ? setLink : undefined} />
            ))}
          </PlainTable>
        )}
      </Loaded>
      <LoadMore pages={pages} />
      {inviting ? (
        <InviteForm onClose={() => setInviting(false)} onCreated={providerOnly ? () => undefined : setLink} />
      ) : null}
      {link ? <PasswordLinkDialog link={link} onClose={() => setLink(undefined)} /> : null}
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
  const [editing, setEditing] = useState(false);
  return (
    <tr>
      <td>
        <div className={css.person}>
          {user.name}
          {user.id === me ? " (you)" : ""}
          <Text size="xs" c="dimmed">
            {user.email}
          </Text>
        </div>
      </td>
      <td>
        <div className={css.role}>{user.role}</div>
      </td>
      <td className="wrap">
        <SlackState user={user} />
      </td>
      <td className={css.state}>
        <Text c={user.enabled && (user.hasPassword || user.byProvider) ? undefined : "dimmed"}>
          {stateOf(user)}
        </Text>
      </td>
      <td>
        {onLink ? (
          <UserMenu
            {...{ user, onLink }}
            onEdit={() => setEditing(true)}
            onLinkSlackUser={() => setLinking(true)}
          />
        ) : null}
        {editing ? <EditUserForm user={user} onClose={() => setEditing(false)} /> : null}
        {linking ? <LinkSlackUserForm user={user} onClose={() => setLinking(false)} /> : null}
      </td>
    </tr>
  );
}

function stateOf({ enabled, hasPassword, byProvider }: UserBody): string {
  if (!enabled) return "Disabled";
  return hasPassword || byProvider ? "Enabled" : "Invited, no password yet";
}
