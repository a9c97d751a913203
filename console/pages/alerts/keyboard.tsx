import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import type { AlertRow } from "../../../src/triage/contract.ts";
import { useSession } from "../../session/use-session.ts";
import { CommentDialog } from "../../triage/comment-dialog.tsx";
import { useTriage } from "../../triage/use-triage.ts";

/** a takes the alerts, e resolves them: those that are selected, else the one that has the focus. */
export function KeyTriage({ targets }: { targets: () => AlertRow[] }) {
  const me = useSession().data?.user.id;
  const { mutate: triage } = useTriage();
  const [resolving, setResolving] = useState<AlertRow[]>([]);
  const take = (alerts: AlertRow[]) => {
    if (me && alerts.length > 0) triage({ alerts, change: { assignee: me } });
  };
  useHotkeys([
    ["a", () => take(targets())],
    ["e", () => setResolving(targets())],
  ]);
  const [only] = resolving;
  if (!only) return null;
  return (
    <CommentDialog
      status="RESOLVED"
      what={resolving.length === 1 ? `#${only.number}` : `${resolving.length} alerts`}
      onClose={() => setResolving([])}
      onSubmit={(comment) => {
        setResolving([]);
        triage({ alerts: resolving, change: { status: "RESOLVED", comment } });
      }}
    />
  );
}
