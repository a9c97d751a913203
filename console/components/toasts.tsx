import { Button, CloseButton } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { errorText } from "../api/request.ts";
import css from "./toasts.module.css";

/** Toasts with the outcome of an action, announced to screen readers. */
export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current);
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastItem key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastItem({ toast }: { toast: Toast }) {
  return (
    <div className={css.toast} data-tone={toast.tone}>
      <span className="wrap">{toast.text}</span>
      {toast.undo ? (
        <Button size="compact-sm" variant="subtle" onClick={() => toasts.undo(toast)}>
          Undo
        </Button>
      ) : null}
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => toasts.dismiss(toast.id)} />
    </div>
  );
}

interface Toast {
  id: number;
  tone: "good" | "bad";
  text: string;
  /** Takes back what the toast tells of. */
  undo?: (() => void) | undefined;
}

/** Error toasts stay until they are dismissed. */
const successMs = 5000;
const undoMs = 10_000;
const maxShown = 4;

let shown: Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export const toasts = {
  current: () => shown,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  show(text: string, tone: Toast["tone"] = "good", undo?: Toast["undo"]): void {
    lastId += 1;
    const id = lastId;
    publish([...shown, { id, tone, text, undo }].slice(-maxShown));
    if (tone === "good") setTimeout(() => toasts.dismiss(id), undo ? undoMs : successMs);
  },
  /** Takes back what a toast tells of: the newest one that can be undone, unless one is given. */
  undo(toast: Toast | undefined = shown.findLast(({ undo }) => undo)): void {
    if (!toast) return;
    toasts.dismiss(toast.id);
    toast.undo?.();
  },
  dismiss(id: number): void {
    publish(shown.filter((toast) => toast.id !== id));
  },
};

/** Shows an error toast: `failure`, such as "The comment was not added.", and then the reason. */
export function showError(failure: string, error: Error): void {
  toasts.show(`${failure} ${errorText(error)}`, "bad");
}
