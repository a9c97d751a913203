import type { Status } from "../../src/alert/status.ts";
import { statusWords } from "../words.ts";
import css from "./marks.module.css";

export function StatusMark({ status }: { status: Status }) {
  return (
    <span className={css.mark} data-status={status}>
      <svg width="14" height="14" viewBox="0 0 14 14" fill="none" aria-hidden="true">
        {drawing(status)}
      </svg>
      {statusWords[status]}
    </span>
  );
}

/** An empty ring, a half-filled one, a ticked disc, a crossed ring. */
function drawing(status: Status) {
  const ring = <circle cx="7" cy="7" r="5.75" stroke="currentColor" strokeWidth="1.5" />;
  switch (status) {
    case "OPEN":
      return ring;
    case "TRIAGED":
      return (
        <>
          {ring}
          <path d="M7 3.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
        </>
      );
    case "RESOLVED":
      return (
        <>
          <circle cx="7" cy="7" r="6.5" fill="currentColor" />
          <path d="m4.2 7.2 2 2 3.6-4" stroke="var(--panel)" strokeWidth="1.5" strokeLinecap="round" />
        </>
      );
    case "CLOSED":
      return (
        <>
          {ring}
          <path d="m3.2 10.8 7.6-7.6" stroke="currentColor" strokeWidth="1.5" />
        </>
      );
    default:
      return status satisfies never;
  }
}
