import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import type { AlertRow } from "../../../src/triage/contract.ts";
import { useSession } from "../../session/use-session.ts";
import { CommentDialog } from "../../triage/comment-dialog.tsx";
import { useTriage } from "../../triage/use-triage.ts";

/** Keys for the target alerts: `a` assigns them to the user, `e` resolves them. */
export function TriageHotkeys({ targets }: { targets: () => AlertRow[] }) {
  const me = useSession().data?.user.id;
  const { mutate: triage } = useTriage();
  const [resolving, setResolving] = useState<AlertRow[]>([]);
  const assignToMe = (alerts: AlertRow[]) => {
    if (me && alerts.length > 0) triage({ alerts, change: { assignee: me } });
  };
  useHotkeys([
    ["a", () => assignToMe(targets())],
    ["e", () => setResolving(targets())],
  ]);
  const [only] = resolving;
  if (!only) return null;
  return (
    <CommentDialog
      status="RESOLVED"
      target={resolving.length === 1 ? `#${only.number}` : `${resolving.length} alerts`}
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
 * Keys for the list: `j` and `k` move the focus, so that Enter opens the focused alert and screen readers follow;
 * `x` selects. Returns a function that reads the focused alert.
 */
export function useListHotkeys({ rows, onToggle }: Options): () => AlertRow[] {
  const focused = () => rows.filter(({ id }) => id === focusedId());
  const move = (step: number) => {
    const index = rows.findIndex(({ id }) => id === focusedId());
    const next = index < 0 ? rows[0] : rows[Math.min(Math.max(index + step, 0), rows.length - 1)];
    if (next) linkOf(next.id)?.focus();
  };
  useHotkeys([
    ["j", () => move(1)],
    ["k", () => move(-1)],
    ["x", () => focused().forEach(({ id }) => void onToggle(id))],
  ]);
  return focused;
}

/** The focus may be on a row's link, on its checkbox, or outside the list. */
function focusedId(): string | undefined {
  const link = document.activeElement?.closest("tr")?.querySelector<HTMLElement>("[data-alert]");
  return link?.dataset.alert;
}

function linkOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"]`);
}
