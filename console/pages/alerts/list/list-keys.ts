import type { AlertRow } from "../../../../src/triage/contract.ts";
import { useKeys } from "../../../components/use-keys.ts";

interface Options {
  rows: AlertRow[];
  onToggle: (id: string) => void;
}

/**
 * Keys for the list: `j` and `k` move the focus, so that Enter opens the focused alert and screen readers follow;
 * `x` selects. Returns a function that reads the focused alert.
 */
export function useListKeys({ rows, onToggle }: Options): () => AlertRow[] {
  const focused = () => rows.filter(({ id }) => id === focusedId());
  const move = (step: number) => {
    const index = rows.findIndex(({ id }) => id === focusedId());
    const next = index < 0 ? rows[0] : rows[Math.min(Math.max(index + step, 0), rows.length - 1)];
    if (next) linkOf(next.id)?.focus();
  };
  useKeys([
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
