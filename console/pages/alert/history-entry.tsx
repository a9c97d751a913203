import type { Via } from "../../../src/alert/alert.ts";
import type { HistoryKind } from "../../../src/alert/history-event.ts";
import type { HistoryBody } from "../../../src/triage/contract.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { LinkOrText } from "../../components/out-link.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import css from "./history.module.css";

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

/** What was put beside a comment in Slack: links to where it stands there, for those who may see it. */
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

/** The files of a comment, as its entry's data lists them; whatever else stands there is no file. */
export function readFiles(files: unknown): LinkedFile[] {
  return Array.isArray(files) ? files.filter(isFile) : [];
}

function isFile(file: unknown): file is LinkedFile {
  if (typeof file !== "object" || file === null || !("name" in file) || !("url" in file)) return false;
  return typeof file.name === "string" && typeof file.url === "string";
}

type Told = Pick<HistoryBody, "sentence" | "data">;

/**
 * Takes a person's own words out of the sentence that ends with them, to be shown with their line breaks:
 * "Ada resolved the alert: VPN" to {line: "Ada resolved the alert", quote: "VPN"}.
 */
export function splitSentence({ sentence, data }: Told): { line: string; quote: string | null } {
  const words = [data.text, data.comment].find((value) => typeof value === "string" && value !== "");
  if (typeof words !== "string") return { line: sentence, quote: null };
  const colon = sentence.indexOf(": ");
  return { line: colon < 0 ? sentence : sentence.slice(0, colon), quote: words };
}
