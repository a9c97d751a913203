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

interface Options {
  rows: AlertRow[];
  onToggle: (id: string) => void;
}

/**
 * j and k move through the list by moving the focus, so that Enter opens what is focused and screen readers
 * follow; x selects. Returns what reads the alert that has the focus.
 */
export function useListKeys({ rows, onToggle }: Options): () => AlertRow[] {
  const focused = () => rows.filter(({ id }) => id === focusedId());
  const move = (step: number) => {
    const at = rows.findIndex(({ id }) => id === focusedId());
    const next = at < 0 ? rows[0] : rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (next) linkOf(next.id)?.focus();
  };
  useHotkeys([
    ["j", () => move(1)],
    ["k", () => move(-1)],
    ["x", () => focused().forEach(({ id }) => void onToggle(id))],
  ]);
  return focused;
}

/** The row holds the focus in its link, its box, or nowhere. */
function focusedId(): string | undefined {
  const link = document.activeElement?.closest("tr")?.querySelector<HTMLElement>("[data-alert]");
  return link?.dataset.alert;
}

function linkOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"]`);
}
