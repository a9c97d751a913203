import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { UserBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { SecretOnce } from "../../components/secret-once.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { useMay, useSession } from "../../session/use-session.ts";
import { TieForm } from "./tie-form.tsx";
import { type PasswordLink, UserForm } from "./user-form.tsx";
import { UserMenu } from "./user-menu.tsx";

export function UsersPage() {
  const pages = usePages(["users", "pages"], peopleApi.users);
  const mayManage = useMay("Manage Users");
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<PasswordLink>();
  return (
    <SettingsPage
      title="Users"
      about="Who may see and triage alerts. In Slack people are known by their e-mail: it should be the same here, else tie them to their Slack user."
      action={
        mayManage ? (
          <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setInviting(true)}>
            Invite user
          </Button>
        ) : null
      }
    >
      <Loaded query={pages} what="users">
        {(users) => (
          <PlainTable label="Users" heads={["Name", "E-mail", "Role", "State", ""]}>
            {users.map((user) => (
              <UserRow key={user.id} user={user} onLink={mayManage ? setLink : undefined} />
            ))}
          </PlainTable>
        )}
      </Loaded>
      <LoadMore pages={pages} />
      {inviting ? <UserForm onClose={() => setInviting(false)} onCreated={setLink} /> : null}
      {link ? (
        <SecretOnce
          title={`Link for ${link.name}`}
          what="link"
          secret={link.url}
          advice={`Send it to ${link.name}. It lets them choose a password once, within 24 hours, and can't be shown again.`}
          onClose={() => setLink(undefined)}
        />
      ) : null}
    </SettingsPage>
  );
}

interface Props {
  user: UserBody;
  /** Takes a new password link; undefined for those who may only look. */
  onLink: ((link: PasswordLink) => void) | undefined;
}

export function UserRow({ user, onLink }: Props) {
  const me = useSession().data?.user.id;
  const [tying, setTying] = useState(false);
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
        <Text c={user.enabled && user.hasPassword ? undefined : "dimmed"}>{stateOf(user)}</Text>
      </td>
      <td>
        {onLink ? <UserMenu user={user} onLink={onLink} onTie={() => setTying(true)} /> : null}
        {tying ? <TieForm user={user} onClose={() => setTying(false)} /> : null}
      </td>
    </tr>
  );
}

function stateOf({ enabled, hasPassword }: UserBody): string {
  if (!enabled) return "Disabled";
  return hasPassword ? "Enabled" : "Invited, no password yet";
}
