import { Textarea } from "@mantine/core";
import type { Status } from "../../src/alert/alert.ts";
import type { AlertRow } from "../../src/triage/contract.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { useDraft } from "../forms/use-draft.ts";
import { useFields } from "../forms/use-fields.ts";
import { useSession } from "../session/use-session.ts";
import { chosenDisposition, DispositionFields, type DispositionValues } from "./disposition-fields.tsx";
import { useTriage } from "./use-triage.ts";

export type ClosingStatus = Extract<Status, "RESOLVED" | "CLOSED">;

interface Props {
  status: ClosingStatus;
  alerts: AlertRow[];
  onClose: () => void;
}

const texts = {
  RESOLVED: {
    title: (target: string) => `Resolve ${target}`,
    label: "What was it?",
    example: "VPN, confirmed with Eve",
    action: "Resolve",
    disposition: null,
  },
  CLOSED: {
    title: (target: string) => `Mark ${target} as invalid`,
    label: "Why is it not a real alert?",
    example: "The rule fires on our own scanner",
    action: "Mark as invalid",
    disposition: "FALSE_POSITIVE",
  },
} as const satisfies Record<ClosingStatus, object>;

interface Values extends DispositionValues {
  comment: string;
}

/** Asks for a disposition and a comment before alerts are resolved or marked as invalid. */
export function ClosingDialog({ status, alerts, onClose }: Props) {
  const required = useSession().data?.commentRequired ?? false;
  const { title, label, example, action, disposition } = texts[status];
  const triage = useTriage("in the form");
  const [only] = alerts;
  const [draft, setDraft] = useDraft(`${status} ${alerts.length === 1 ? only?.id : "several"}`);
  const fields = useFields<Values>({ disposition, duplicateOf: "", comment: draft }, triage.error);
  const target = only && alerts.length === 1 ? `#${only.number}` : `${alerts.length} alerts`;
  const submit = () => {
    const comment = fields.values.comment.trim() || undefined;
    const change = { status, comment, ...chosenDisposition(fields.values) };
    const onSuccess = () => {
      setDraft("");
      onClose();
    };
    triage.mutate({ alerts, change }, { onSuccess });
  };
  return (
    <FormDialog
      title={title(target)}
      action={action}
      busy={triage.isPending}
      error={triage.error}
      fields={["disposition", "duplicateOf", "comment"]}
      onSubmit={submit}
      onClose={onClose}
    >
      <DispositionFields fields={fields} />
      <Textarea
        data-autofocus
        label={label}
        description={required ? undefined : "Optional. Shown in the history and in Slack."}
        placeholder={example}
        required={required}
        maxLength={1000}
        autosize
        minRows={3}
        maxRows={10}
        {...fields.text("comment")}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          fields.set("comment", event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
    </FormDialog>
  );
}

export function isClosing(status: Status): status is ClosingStatus {
  return status === "RESOLVED" || status === "CLOSED";
}
