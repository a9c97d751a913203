import { Button, Group, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Status } from "../../src/alert/alert.ts";
import { useSession } from "../session/use-session.ts";

export type ClosingStatus = Extract<Status, "RESOLVED" | "CLOSED">;

interface Props {
  status: ClosingStatus;
  /** The alerts to close: "#1042" or "12 alerts". */
  target: string;
  onSubmit: (comment: string | undefined) => void;
  onClose: () => void;
}

const texts = {
  RESOLVED: {
    title: (target: string) => `Resolve ${target}`,
    label: "What was it?",
    example: "VPN, confirmed with Eve",
    action: "Resolve",
  },
  CLOSED: {
    title: (target: string) => `Mark ${target} as invalid`,
    label: "Why is it not a real alert?",
    example: "The rule fires on our own scanner",
    action: "Mark as invalid",
  },
} satisfies Record<ClosingStatus, unknown>;

/** Asks for a comment before alerts are resolved or marked as invalid. */
export function CommentDialog({ status, target, onSubmit, onClose }: Props) {
  const required = useSession().data?.commentRequired ?? false;
  const [comment, setComment] = useState("");
  const { title, label, example, action } = texts[status];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(comment.trim() || undefined);
  };
  return (
    <Modal opened onClose={onClose} title={title(target)} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
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
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
              event.currentTarget.form?.requestSubmit();
            }
          }}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">{action}</Button>
        </Group>
      </form>
    </Modal>
  );
}

export function isClosing(status: Status): status is ClosingStatus {
  return status === "RESOLVED" || status === "CLOSED";
}
