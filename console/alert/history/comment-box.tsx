import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { alertsApi } from "../../api/alerts.ts";
import { tellFault } from "../../parts/notices/tell-fault.ts";
import css from "../../pages/alert/history.module.css";

export function CommentBox({ alertId }: { alertId: string }) {
  const [text, setText] = useState("");
  const queries = useQueryClient();
  const comment = useMutation({
    mutationFn: () => alertsApi.comment(alertId, text.trim()),
    onSuccess() {
      setText("");
      return queries.invalidateQueries({ queryKey: ["of-alert", alertId, "history"] });
    },
    onError: (fault) => tellFault("The comment was not added.", fault),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    comment.mutate();
  };
  return (
    <form className={css.box} onSubmit={submit}>
      <Textarea
        aria-label="Comment"
        placeholder="Add a comment. It goes to the threads in Slack too."
        autosize
        minRows={2}
        maxRows={12}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
      <Button type="submit" variant="default" disabled={!text.trim()} loading={comment.isPending}>
        Comment
      </Button>
    </form>
  );
}
