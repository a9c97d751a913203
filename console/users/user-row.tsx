import { Text } from "@mantine/core";
import { useState } from "react";
import type { UserBody } from "../../src/people/contract.ts";
import { useSession } from "../session/use-session.ts";
import type { PasswordLink } from "./password-link.ts";
import { TieForm } from "../pages/users/tie-form.tsx";
import { UserMenu } from "../pages/users/user-menu.tsx";

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
