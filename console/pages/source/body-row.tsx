import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { KeptBody } from "../../../src/ingest/kept-bodies/contract.ts";
import { sourceApi } from "../../api/sources.ts";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { toasts } from "../../components/toasts.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { usePermission } from "../../session/use-session.ts";
import css from "./bodies.module.css";
import { BodyDetails, OutcomePill } from "./body-details.tsx";

interface Props {
  sourceId: string;
  body: KeptBody;
  canManage: boolean;
}

/** A body in the list, with what was wrong with it; it opens to its text. */
export function BodyRow({ sourceId, body, canManage }: Props) {
  const [open, setOpen] = useState(false);
  const { outcome, reasons, times, lastAt } = body;
  const [first] = reasons;
  return (
    <li>
      <button type="button" className={css.bodyHead} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "down" : "right"} size={14} />
        <OutcomePill outcome={outcome} />
        <span className={css.reason}>
          {first ? (
            <>
              <code>{reveal(first.field)}</code> should be {reveal(first.expected)}
            </>
          ) : (
            "No report was found in it"
          )}
        </span>
        <span className={css.when}>
          {times > 1 ? `${times.toLocaleString("en")} times, ` : ""}
          <Time at={lastAt} />
        </span>
      </button>
      {open ? <OpenBody sourceId={sourceId} body={body} canManage={canManage} /> : null}
    </li>
  );
}

function OpenBody({ sourceId, body, canManage }: Props) {
  const canRead = usePermission("View Alerts");
  const query = useQuery({
    queryKey: ["sources", sourceId, "bodies", body.id],
    queryFn: () => sourceApi.body(sourceId, body.id),
    enabled: canRead,
  });
  const replay = useApiMutation({
    mutationFn: () => sourceApi.replay(sourceId, body.id),
    invalidates: "sources",
    failure: "The body was not replayed.",
    onSuccess({ results }) {
      const stillRefused = results.filter(({ outcome }) => outcome === "invalid").length;
      toasts.show(replayText({ taken: results.length - stillRefused, stillRefused }));
    },
  });
  return (
    <div className={css.openBody}>
      <p className={css.dim}>
        {body.reports === 1 ? "1 report" : `${body.reports.toLocaleString("en")} reports`}, {body.refused}{" "}
        refused, {body.bytes.toLocaleString("en")} bytes{body.contentType ? `, ${body.contentType}` : ""}
        {body.replayedAt ? (
          <>
            , replayed <Time at={body.replayedAt} />
          </>
        ) : null}
      </p>
      {canRead ? (
        <Loaded query={query} label="body">
          {(whole) => <BodyDetails body={whole} />}
        </Loaded>
      ) : (
        <p className={css.quiet}>You need the permission View Alerts to see what sources sent.</p>
      )}
      {canManage && body.refused > 0 ? (
        <Button size="compact-sm" loading={replay.isPending} onClick={() => replay.mutate(undefined)}>
          Replay
        </Button>
      ) : null}
    </div>
  );
}

/** What a replay did, in one or two sentences. */
export function replayText({ taken, stillRefused }: { taken: number; stillRefused: number }): string {
  const still = stillRefused > 0 ? ` ${reports(stillRefused)} still not understood.` : "";
  return `${taken === 0 ? "No report was" : `${reports(taken)} now`} taken.${still}`;
}

function reports(count: number): string {
  return count === 1 ? "1 report is" : `${count.toLocaleString("en")} reports are`;
}
