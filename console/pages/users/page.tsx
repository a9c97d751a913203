import { Button } from "@mantine/core";
import { useState } from "react";
import { peopleApi } from "../../api/people.ts";
import { SecretOnce } from "../../components/secret-once.tsx";
import { LoadMore } from "../../components/lists/paged-list.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { usePages } from "../../parts/lists/use-pages.ts";
import { Icon } from "../../components/icon.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { useMay } from "../../session/use-session.ts";
import type { PasswordLink } from "../../users/password-link.ts";
import { UserForm } from "./user-form.tsx";
import { UserRow } from "../../users/user-row.tsx";

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
