import { Button, Textarea } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { alertsApi } from "../../api/alerts.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { tellFault } from "../../components/notices.tsx";
import css from "./history.module.css";
import { Entry } from "./history-entry.tsx";

/** What happened to the alert, in order. */
export function Timeline({ alertId }: { alertId: string }) {
  const query = useInfiniteQuery({
    queryKey: ["of-alert", alertId, "history"],
    queryFn: ({ pageParam }) => alertsApi.history(alertId, pageParam),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Loaded query={query} what="history">
      {({ pages }) => (
        <>
          <ol className={css.timeline}>
            {pages
              .flatMap(({ results }) => results)
              .map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
          </ol>
          {query.hasNextPage ? (
            <Button
              variant="subtle"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show what came later
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

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
