import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { NewUser } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";

interface Props {
  onClose: () => void;
  onCreated: (link: PasswordLink) => void;
}

export function UserForm({ onClose, onCreated }: Props) {
  const roles = useQuery({ queryKey: ["roles"], queryFn: peopleApi.roles });
  const save = useApiMutation({
    mutationFn: (user: NewUser) => peopleApi.addUser(user),
    invalidates: "users",
    failure: "in the form",
    onSuccess({ name, setPasswordUrl }) {
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
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      <TextInput
        label="Email"
        description="Their email address in Slack."
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

/** A one-time link for choosing a password. */
export interface PasswordLink {
  name: string;
  url: string;
}
