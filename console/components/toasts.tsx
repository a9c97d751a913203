import { CloseButton } from "@mantine/core";
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
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => toasts.dismiss(toast.id)} />
    </div>
  );
}

interface Toast {
  id: number;
  tone: "good" | "bad";
  text: string;
}

/** Error toasts stay until they are dismissed. */
const successMs = 5000;
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
  show(text: string, tone: Toast["tone"] = "good"): void {
    lastId += 1;
    const id = lastId;
    publish([...shown, { id, tone, text }].slice(-maxShown));
    if (tone === "good") setTimeout(() => toasts.dismiss(id), successMs);
  },
  dismiss(id: number): void {
    publish(shown.filter((toast) => toast.id !== id));
  },
};

/** Shows an error toast: `failure`, such as "The comment was not added.", and then the reason. */
export function showError(failure: string, error: Error): void {
  toasts.show(`${failure} ${errorText(error)}`, "bad");
}
