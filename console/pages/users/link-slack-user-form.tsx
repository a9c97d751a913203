import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { UserBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { setupApi } from "../../api/setup.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";

/** Links a Slack user to a Tocsin user whose email address in Slack differs. */
export function LinkSlackUserForm({ user, onClose }: { user: UserBody; onClose: () => void }) {
  const app = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const workspaces = (app.data?.installations ?? []).map(({ id, team, enterprise }) => {
    return { value: id, label: team?.name ?? enterprise?.name ?? id };
  });
  const save = useApiMutation({
    mutationFn: ({ slackUserId, installationId }: { slackUserId: string; installationId: string }) =>
      peopleApi.linkSlackUser(user.id, slackUserId.trim().toUpperCase(), installationId || undefined),
    invalidates: "users",
    success: `The Slack user is linked to ${user.name}.`,
    failure: "in the form",
    onSuccess: onClose,
  });
  const fields = useFields({ slackUserId: "", installationId: "" }, save.error);
  return (
    <FormDialog
      title={`Link ${user.name} to a Slack user`}
      action="Link"
      busy={save.isPending}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      <p>
        Tocsin usually recognises people in Slack by their email address. If {user.name}'s address in Slack is
        not {user.email}, link the Slack user here. In Slack, only the linked user then acts as {user.name}.
      </p>
      <TextInput
        label="Member ID"
        description="In Slack, open their profile > ⋮ > Copy member ID."
        placeholder="U012AB3CD"
        required
        data-autofocus
        {...fields.text("slackUserId")}
      />
      {workspaces.length > 1 ? (
        <Select
          label="Workspace"
          data={workspaces}
          allowDeselect={false}
          {...fields.pick("installationId")}
        />
      ) : null}
    </FormDialog>
  );
}
