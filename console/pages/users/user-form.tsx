import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { NewUser } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";

interface Props {
  onClose: () => void;
  onCreated: (link: PasswordLink) => void;
}

export function UserForm({ onClose, onCreated }: Props) {
  const roles = useQuery({ queryKey: ["roles"], queryFn: peopleApi.roles });
  const save = useChange({
    change: (user: NewUser) => peopleApi.addUser(user),
    refresh: "users",
    failed: "in the form",
    onDone({ name, setPasswordUrl }) {
      onClose();
      onCreated({ name, url: setPasswordUrl });
    },
  });
  const fields = useFields({ email: "", name: "", role: "Analyst" }, save.error);
  return (
    <FormDialog
      title="Invite a user"
      action="Invite"
      busy={save.isPending}
      fault={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      <TextInput
        label="E-mail"
        description="The one they have in Slack."
        type="email"
        required
        data-autofocus
        {...fields.text("email")}
      />
      <TextInput label="Name" required maxLength={100} {...fields.text("name")} />
      <Select
        label="Role"
        data={(roles.data?.results ?? []).map(({ name }) => name)}
        allowDeselect={false}
        {...fields.pick("role")}
      />
    </FormDialog>
  );
}

/** Lets a user choose a password, once. */
export interface PasswordLink {
  name: string;
  url: string;
}
