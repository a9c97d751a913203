import type { Via } from "../../../src/alert/actor.ts";
import type { HistoryKind } from "../../../src/alert/history-event.ts";
import type { HistoryBody } from "../../../src/http/contract/history.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { FileLinks } from "../../alert/history/file-links.tsx";
import css from "./history.module.css";
import { splitSentence } from "../../alert/history/split-sentence.ts";

const icons: Record<string, IconName | undefined> = {
  opened: "plus",
  informational: "check",
  routed: "right",
  severity_raised: "up",
  joined_after_close: "again",
  source_says_over: "check",
  status_changed: "check",
  assigned: "person",
  unassigned: "person",
  commented: "comment",
  comment_edited: "comment",
  comment_deleted: "comment",
  announced: "send",
  digested: "send",
  not_delivered: "warn",
  reminded: "again",
  boomerang_asked: "send",
  boomerang_answered: "comment",
  boomerang_reminded: "again",
  boomerang_expired: "warn",
  boomerang_cancelled: "right",
  boomerang_unreachable: "warn",
  boomerang_still_open: "right",
  suppression_set: "clock",
  suppressed: "again",
  suppression_ended: "right",
} satisfies Record<HistoryKind, IconName>;

const viaWords = {
  slack: "in Slack",
  console: "in the Console",
  api: "through the API",
  source: null,
  system: null,
} satisfies Record<Via, string | null>;

/** One line of the history; what a person wrote stands below it, as they wrote it. */
export function Entry({ entry }: { entry: HistoryBody }) {
  const { line, quote } = splitSentence(entry);
  const via = viaWords[entry.via];
  return (
    <li className={css.entry} data-kind={entry.kind}>
      <span className={css.dot}>
        <Icon name={icons[entry.kind] ?? "right"} size={12} />
      </span>
      <div className={css.told}>
        <p className="wrap">{reveal(line)}</p>
        {quote ? <blockquote className="wrap">{reveal(quote)}</blockquote> : null}
        <FileLinks files={entry.data.files} />
        <p className={css.when}>
          <Time at={entry.at} />
          {via ? ` ${via}` : ""}
        </p>
      </div>
    </li>
  );
}
