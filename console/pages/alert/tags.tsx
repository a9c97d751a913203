import { Button, TagsInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { AlertBody } from "../../../src/triage/contract.ts";
import { reveal } from "../../components/reveal.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useFields } from "../../forms/use-fields.ts";
import { usePermission } from "../../session/use-session.ts";
import { useTriage } from "../../triage/use-triage.ts";
import css from "./alert.module.css";

/** The alert's tags, each a link to the open alerts that have it. People who triage can change them. */
export function Tags({ alert }: { alert: AlertBody }) {
  const canManage = usePermission("Manage Alerts");
  const [editing, setEditing] = useState(false);
  return (
    <>
      {alert.tags.map((tag) => (
        <Link key={tag} to="/alerts" search={{ tag: [tag] }} className={css.tag}>
          {reveal(tag)}
        </Link>
      ))}
      {canManage ? (
        <Button
          variant="subtle"
          size="compact-xs"
          ml={alert.tags.length > 0 ? 0 : -8}
          onClick={() => setEditing(true)}
        >
          {alert.tags.length > 0 ? "Edit tags" : "Add tags"}
        </Button>
      ) : null}
      {editing ? <TagsDialog alert={alert} onClose={() => setEditing(false)} /> : null}
    </>
  );
}

function TagsDialog({ alert, onClose }: { alert: AlertBody; onClose: () => void }) {
  const triage = useTriage("in the form");
  const fields = useFields({ tags: alert.tags }, triage.error);
  const submit = () =>
    triage.mutate({ alerts: [alert], change: { tags: fields.values.tags } }, { onSuccess: onClose });
  return (
    <FormDialog
      title={`Tags of #${alert.number}`}
      action="Save"
      busy={triage.isPending}
      error={triage.error}
      fields={["tags"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <TagsInput
        data-autofocus
        label="Tags"
        description="Press Enter after each. Up to 50, of 100 characters."
        placeholder={fields.values.tags.length > 0 ? undefined : "phishing"}
        maxLength={100}
        {...fields.choice("tags")}
      />
    </FormDialog>
  );
}
