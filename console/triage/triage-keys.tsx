import { Textarea } from "@mantine/core";
import { useState } from "react";
import type { AlertRow } from "../../src/triage/contract.ts";
import { toasts } from "../components/toasts.tsx";
import { useKeys } from "../components/use-keys.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { useDraft } from "../forms/use-draft.ts";
import { useFields } from "../forms/use-fields.ts";
import { useSession } from "../session/use-session.ts";
import { ClosingDialog } from "./closing-dialog.tsx";
import { useTriage } from "./use-triage.ts";

interface Chosen {
  asks: "closing" | "comment";
  alerts: AlertRow[];
}

/** Keys for the target alerts: `a` assigns them to the user, `e` resolves them, `c` comments on them. `z` undoes the last change. */
export function TriageKeys({ targets }: { targets: () => AlertRow[] }) {
  const me = useSession().data?.user.id;
  const { mutate: triage } = useTriage();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const ask = (asks: Chosen["asks"]) => {
    const alerts = targets();
    if (alerts.length > 0) setChosen({ asks, alerts });
  };
  const assignToMe = (alerts: AlertRow[]) => {
    if (me && alerts.length > 0) triage({ alerts, change: { assignee: me } });
  };
  useKeys([
    ["a", () => assignToMe(targets())],
    ["e", () => ask("closing")],
    ["c", () => ask("comment")],
    ["z", () => toasts.undo()],
  ]);
  if (!chosen) return null;
  const { asks, alerts } = chosen;
  const close = () => setChosen(null);
  return asks === "closing" ? (
    <ClosingDialog status="RESOLVED" alerts={alerts} onClose={close} />
  ) : (
    <CommentDialog alerts={alerts} onClose={close} />
  );
}

function CommentDialog({ alerts, onClose }: { alerts: AlertRow[]; onClose: () => void }) {
  const triage = useTriage("in the form");
  const [only] = alerts;
  const [draft, setDraft] = useDraft(`comment on ${alerts.length === 1 ? only?.id : "several"}`);
  const fields = useFields({ comment: draft }, triage.error);
  const target = only && alerts.length === 1 ? `#${only.number}` : `${alerts.length} alerts`;
  const submit = () => {
    const onSuccess = () => {
      setDraft("");
      onClose();
    };
    triage.mutate({ alerts, change: { comment: fields.values.comment.trim() } }, { onSuccess });
  };
  return (
    <FormDialog
      title={`Comment on ${target}`}
      action="Comment"
      busy={triage.isPending}
      error={triage.error}
      fields={["comment"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea
        data-autofocus
        label="Comment"
        description="Shown in the history and in Slack."
        required
        maxLength={1000}
        autosize
        minRows={3}
        maxRows={10}
        {...fields.text("comment")}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          fields.set("comment", event.currentTarget.value);
        }}
      />
    </FormDialog>
  );
}
