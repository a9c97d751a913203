import { Button, Textarea } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { alertsApi } from "../../api/alerts.ts";
import { Loaded } from "../../components/lists/loaded.tsx";
import { showError } from "../../components/toasts.tsx";
import { useDraft } from "../../forms/use-draft.ts";
import css from "./history.module.css";
import { HistoryEntry } from "./history-entry.tsx";

/** The alert's history, oldest entry first. */
export function Timeline({ alertId }: { alertId: string }) {
  const query = useInfiniteQuery({
    queryKey: ["alert-parts", alertId, "history"],
    queryFn: ({ pageParam }) => alertsApi.history(alertId, pageParam),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Loaded query={query} label="history">
      {({ pages }) => (
        <>
          <ol className={css.timeline}>
            {pages
              .flatMap(({ results }) => results)
              .map((entry) => (
                <HistoryEntry key={entry.id} entry={entry} />
              ))}
          </ol>
          {query.hasNextPage ? (
            <Button
              variant="subtle"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show later entries
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

export function CommentBox({ alertId }: { alertId: string }) {
  const [text, setText] = useDraft(`comment on ${alertId}`);
  const queries = useQueryClient();
  const comment = useMutation({
    mutationFn: (sent: string) => alertsApi.comment(alertId, sent.trim()),
    onSuccess(_, sent) {
      setText((now) => (now === sent ? "" : now));
      return queries.invalidateQueries({ queryKey: ["alert-parts", alertId, "history"] });
    },
    onError: (error) => showError("The comment was not added.", error),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    comment.mutate(text);
  };
  return (
    <form className={css.commentBox} onSubmit={submit}>
      <Textarea
        aria-label="Comment"
        placeholder="Add a comment. It is also posted to Slack."
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
