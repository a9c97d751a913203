import type { Via } from "../../../src/alert/alert.ts";
import type { HistoryKind } from "../../../src/alert/history-event.ts";
import type { HistoryBody } from "../../../src/triage/contract.ts";
import { LinkOrText } from "../../components/external-link.tsx";
import { Icon, type IconName } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./history.module.css";

const icons: Record<string, IconName | undefined> = {
  opened: "plus",
  informational: "check",
  routed: "right",
  severity_raised: "up",
  joined_after_close: "repeat",
  source_says_over: "check",
  started_again: "repeat",
  status_changed: "check",
  disposition_changed: "check",
  tags_changed: "plus",
  assigned: "person",
  unassigned: "person",
  commented: "comment",
  comment_edited: "comment",
  comment_deleted: "comment",
  announced: "send",
  digested: "send",
  not_delivered: "warning",
  reminded: "repeat",
  escalated: "send",
  boomerang_asked: "send",
  boomerang_answered: "comment",
  boomerang_reminded: "repeat",
  boomerang_expired: "warning",
  boomerang_cancelled: "right",
  boomerang_unreachable: "warning",
  boomerang_still_open: "right",
  suppression_set: "clock",
  suppressed: "repeat",
  boomerang_waits: "right",
  boomerang_not_asked: "right",
  boomerang_not_resolved: "right",
  boomerang_sent_on: "up",
  suppression_ended: "right",
  silence_created: "clock",
  silence_passed: "clock",
  silence_lifted: "right",
} satisfies Record<HistoryKind, IconName>;

const viaLabels = {
  slack: "in Slack",
  console: "in the Console",
  api: "via the API",
  source: null,
  system: null,
} satisfies Record<Via, string | null>;

/** One history entry. A person's own text follows as a quote, with its line breaks. */
export function HistoryEntry({ entry }: { entry: HistoryBody }) {
  const { summary, quote } = splitSentence(entry);
  const via = viaLabels[entry.via];
  return (
    <li className={css.entry} data-kind={entry.kind}>
      <span className={css.dot}>
        <Icon name={icons[entry.kind] ?? "right"} size={12} />
      </span>
      <div className={css.content}>
        <p className="wrap">{reveal(summary)}</p>
        {quote ? <blockquote className="wrap">{reveal(quote)}</blockquote> : null}
        <FileLinks files={entry.data.files} />
        <p className={css.time}>
          <Time at={entry.at} />
          {via ? ` ${via}` : ""}
        </p>
      </div>
    </li>
  );
}

/** Links to a comment's files in Slack, for people who can open them there. */
function FileLinks({ files }: { files: unknown }) {
  const linked = readFiles(files);
  if (linked.length === 0) return null;
  return (
    <ul className={css.files} aria-label="Files in Slack">
      {linked.map(({ name, url }) => (
        <li key={url} className="wrap">
          {reveal(name)}: <LinkOrText text={url} />
        </li>
      ))}
    </ul>
  );
}

interface LinkedFile {
  name: string;
  url: string;
}

/** The valid file links in the data of a comment's entry. */
export function readFiles(files: unknown): LinkedFile[] {
  return Array.isArray(files) ? files.filter(isFile) : [];
}

function isFile(file: unknown): file is LinkedFile {
  if (typeof file !== "object" || file === null || !("name" in file) || !("url" in file)) return false;
  return typeof file.name === "string" && typeof file.url === "string";
}

type Sentence = Pick<HistoryBody, "sentence" | "data">;

/**
 * Separates a person's own text from the sentence that ends with it, which has lost its line breaks:
 * "Ada resolved the alert: VPN" becomes {summary: "Ada resolved the alert", quote: "VPN"}.
 */
export function splitSentence({ sentence, data }: Sentence): { summary: string; quote: string | null } {
  const text = [data.text, data.comment].find((value) => typeof value === "string" && value !== "");
  if (typeof text !== "string") return { summary: sentence, quote: null };
  const colon = sentence.indexOf(": ");
  return { summary: colon < 0 ? sentence : sentence.slice(0, colon), quote: text };
}
