import { CloseButton } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { type Notice, notices } from "../parts/notices/notice-board.ts";
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
