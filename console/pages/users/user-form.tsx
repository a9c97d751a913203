import { Select, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PasswordLinkBody, RoleBody, UserBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { useSession } from "../../session/use-session.ts";

/** Invites a user. */
export function InviteForm({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (link: PasswordLink) => void;
}) {
  const mails = useSession().data?.hasMailServer;
  const save = useApiMutation({
    mutationFn: peopleApi.addUser,
    invalidates: "users",
    failure: "in the form",
    onSuccess(created) {
      onClose();
      onCreated({ ...created, isInvitation: true });
    },
  });
  return (
    <UserForm
      {...{ title: "Invite a user", action: "Invite", save, onClose }}
      initial={{ email: "", name: "", role: "Analyst" }}
      emailHint={
        mails
          ? "Their email address in Slack. Tocsin sends them a link to choose a password."
          : "Their email address in Slack. You get a link for them to choose a password."
      }
    />
  );
}

/** Changes the email, name and role of a user. */
export function EditUserForm({ user, onClose }: { user: UserBody; onClose: () => void }) {
  const save = useApiMutation({
    mutationFn: (values: Values) => peopleApi.changeUser(user.id, values),
    invalidates: "users",
    failure: "in the form",
    onSuccess: onClose,
  });
  return (
    <UserForm
      {...{ title: `Edit ${user.name}`, action: "Save", save, onClose }}
      initial={{ email: user.email, name: user.name, role: user.role }}
      emailHint={`${user.name} signs in with it, and Tocsin finds them in Slack by it.`}
    />
  );
}

interface Values {
  email: string;
  name: string;
  role: string;
}

interface Props {
  title: string;
  action: string;
  initial: Values;
  emailHint: string;
  save: { mutate: (values: Values) => void; isPending: boolean; error: Error | null };
  onClose: () => void;
}

function UserForm({ title, action, initial, emailHint, save, onClose }: Props) {
  const roles = useQuery({ queryKey: ["users", "roles"], queryFn: peopleApi.allRoles });
  const held = useSession().data?.permissions ?? [];
  const fields = useFields(initial, save.error);
  const chosen = roles.data?.find(({ name }) => name === fields.values.role);
  const isGrantable = ({ permissions }: RoleBody) => permissions.every((one) => held.includes(one));
  return (
    <FormDialog
      title={title}
      action={action}
      busy={save.isPending}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      <TextInput
        label="Email"
        description={emailHint}
        type="email"
        required
        data-autofocus
        {...fields.text("email")}
      />
      <TextInput label="Name" required maxLength={100} {...fields.text("name")} />
      <div>
        <Select
          label="Role"
          description={
            roles.data?.every(isGrantable) === false
              ? "You can't give a role that may do more than you."
              : undefined
          }
          data={(roles.data ?? []).map((role) => {
            return { value: role.name, label: role.name, disabled: !isGrantable(role) };
          })}
          allowDeselect={false}
          {...fields.pick("role")}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {chosen ? chosen.permissions.join(", ") || "No permissions" : null}
        </Text>
      </div>
    </FormDialog>
  );
}

/** A one-time link for choosing a password, and whether it was emailed. */
export interface PasswordLink extends PasswordLinkBody {
  name: string;
  email: string;
  isInvitation: boolean;
}
