import { Menu } from "@mantine/core";
import { slackTrust } from "../../../src/alert/permission.ts";
import type { UserBody } from "../../../src/people/contract.ts";
import { factorsApi } from "../../api/factors.ts";
import { peopleApi } from "../../api/people.ts";
import { ActionsMenu } from "../../components/actions-menu.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { usePermission, useSession } from "../../session/use-session.ts";
import type { PasswordLink } from "./user-form.tsx";

interface Props {
  user: UserBody;
  onEdit: () => void;
  onLink: (link: PasswordLink) => void;
  /** Opens the form that links a Slack user. */
  onLinkSlackUser: () => void;
}

/** The actions for a user. */
export function UserMenu({ user, onEdit, onLink, onLinkSlackUser }: Props) {
  const { id, name, email, enabled, slackUsers, slackMatches } = user;
  const mayLink = usePermission(...slackTrust);
  const mails = useSession().data?.hasMailServer;
  const change = useApiMutation({
    mutationFn: (changed: { enabled: boolean }) => peopleApi.changeUser(id, changed),
    invalidates: "users",
    failure: "The user was not changed.",
  });
  const createLink = useApiMutation({
    mutationFn: () => peopleApi.createPasswordLink(id),
    invalidates: "users",
    failure: "The link was not created.",
    onSuccess: (link) => onLink({ name, email, isInvitation: false, ...link }),
  });
  const lookUp = useApiMutation({
    mutationFn: () => peopleApi.lookUpInSlack(id),
    invalidates: "users",
    failure: "The user was not looked up.",
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
    <ActionsMenu of={name} width={220}>
      <Menu.Item onClick={onEdit}>Edit…</Menu.Item>
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
      <Menu.Item disabled={!enabled || slackMatches.length === 0} onClick={() => lookUp.mutate(undefined)}>
        Look up in Slack again
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item disabled={!enabled} onClick={() => createLink.mutate(undefined)}>
        {mails ? "Email password link" : "Create password link"}
      </Menu.Item>
      {user.hasSecondFactor ? (
        <Menu.Item onClick={() => removeFactors.mutate(undefined)}>Remove second factors</Menu.Item>
      ) : null}
      <Menu.Item onClick={() => change.mutate({ enabled: !enabled })}>
        {enabled ? "Disable" : "Enable"}
      </Menu.Item>
    </ActionsMenu>
  );
}
