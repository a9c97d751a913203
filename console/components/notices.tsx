import { CloseButton } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { ApiFault } from "../api/request.ts";
import css from "./notices.module.css";

/** What the Console has to say about what one just did, read out to screen readers. */
export function Notices() {
  const shown = useSyncExternalStore(notices.subscribe, notices.read);
  return (
    <div className={css.notices} role="status" aria-live="polite">
      {shown.map((notice) => (
        <Shown key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Shown({ notice }: { notice: Notice }) {
  return (
    <div className={css.notice} data-tone={notice.tone}>
      <span className="wrap">{notice.text}</span>
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => notices.dismiss(notice.id)} />
    </div>
  );
}

interface Notice {
  id: number;
  tone: "good" | "bad";
  text: string;
}

/** Bad news stays until it is dismissed. */
const goodStaysMs = 5000;
const atMost = 4;

let shown: Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function show(next: Notice[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export const notices = {
  read: () => shown,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  say(text: string, tone: Notice["tone"] = "good"): void {
    lastId += 1;
    const id = lastId;
    show([...shown, { id, tone, text }].slice(-atMost));
    if (tone === "good") setTimeout(() => notices.dismiss(id), goodStaysMs);
  },
  dismiss(id: number): void {
    show(shown.filter((notice) => notice.id !== id));
  },
};

/** Says why a change was not made; `what` is the change, as "The status was not changed." */
export function tellFault(what: string, fault: Error): void {
  const why = fault instanceof ApiFault ? fault.problem.detail : "Something broke in this page. Reload it.";
  notices.say(`${what} ${why}`, "bad");
}
