import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { UserBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { setupApi } from "../../api/setup.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useChange } from "../../forms/use-change.ts";
import { useFields } from "../../forms/use-fields.ts";

/** Says which Slack user somebody is, where their e-mail in Slack is another than here. */
export function TieForm({ user, onClose }: { user: UserBody; onClose: () => void }) {
  const app = useQuery({ queryKey: ["slack-app"], queryFn: setupApi.slackApp });
  const places = (app.data?.installations ?? []).map(({ id, team, enterprise }) => {
    return { value: id, label: team?.name ?? enterprise?.name ?? id };
  });
  const save = useChange({
    change: ({ slackUserId, installationId }: { slackUserId: string; installationId: string }) =>
      peopleApi.tie(user.id, slackUserId.trim().toUpperCase(), installationId || undefined),
    refresh: "users",
    done: `${user.name} is known in Slack now.`,
    failed: "in the form",
    onDone: onClose,
  });
  const fields = useFields({ slackUserId: "", installationId: "" }, save.error);
  return (
    <FormDialog
      title={`Who ${user.name} is in Slack`}
      action="Tie"
      busy={save.isPending}
      fault={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      <p>
        Usually the e-mail in Slack says who somebody is. Tie a Slack user to {user.name} where it is another
        than {user.email}: from then on they act as {user.name} in Slack, and nobody else does there.
      </p>
      <TextInput
        label="Member ID"
        description="In Slack: their profile, then ⋮, then Copy member ID."
        placeholder="U012AB3CD"
        required
        data-autofocus
        {...fields.text("slackUserId")}
      />
      {places.length > 1 ? (
        <Select label="Workspace" data={places} allowDeselect={false} {...fields.pick("installationId")} />
      ) : null}
    </FormDialog>
  );
}
