export type Traffic = {
  /** Logs a call as it arrives. The caller fills the returned entry in as the call proceeds. */
  open: (given: Pick<Entry, "at" | "direction" | "what"> & Partial<Entry>) => Entry;
  /** Returns the entries after a sequence number, oldest first. */
  after: (seq: number) => Entry[];
};

const maxOldBody = 400;
const maxNewBody = 64 * 1024;
// Only the newest entries keep whole bodies, which bounds the memory of a long benchmark.
const wholeEntries = 500;

// In V8 a slice keeps the whole string in memory, so it is copied.
const copied = (text: string) => Buffer.from(text).toString();

const cut = (body: string, length: number): string =>
  body.length <= length ? body : `${copied(body.slice(0, length))}… (${body.length} characters)`;

/** A body as a new entry stores it: cut at 64 K characters. */
export const trimmed = (body: string): string => cut(body, maxNewBody);

function shorten(entry: Entry | undefined): void {
  if (!entry || entry.request.length + entry.answer.length <= maxOldBody) return;
  entry.request = cut(entry.request, maxOldBody);
  entry.answer = cut(entry.answer, maxOldBody);
}

/** Creates a log of the last `kept` calls. */
export function makeTraffic(kept = 50_000): Traffic {
  let entries: Entry[] = [];
  let last = 0;
  return {
    open(given) {
      last += 1;
      const entry: Entry = {
        channel: undefined,
        ts: undefined,
        outcome: "in progress",
        tookMs: undefined,
        delivered: undefined,
        connectionEndedAfterMs: undefined,
        request: "",
        answer: "",
        notes: [],
        ...given,
        seq: last,
      };
      entries.push(entry);
      shorten(entries[entries.length - 1 - wholeEntries]);
      // Dropping half of the entries at a time keeps the amortized cost per entry constant.
      if (entries.length > kept * 2) entries = entries.slice(-kept);
      return entry;
    },
    after(seq) {
      const first = Math.max(0, entries.length - kept, entries.length - (last - seq));
      return entries.slice(first);
    },
  };
}

/** One call between an app and Slack, in either direction. */
export type Entry = {
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  direction: "app to Slack" | "Slack to app";
  /** The Web API method, or what Slack sent: `block_actions`, `event:member_joined_channel`, … */
  what: string;
  channel: string | undefined;
  /** The message that the call created or changed. */
  ts: string | undefined;
  /** `ok`, Slack's error code, or `HTTP 502`. */
  outcome: string;
  tookMs: number | undefined;
  /** Whether the answer reached the caller; see `watch-delivery.ts`. Unset while the call is in progress. */
  delivered: boolean | undefined;
  /** Set if the caller's connection ended with this answer as its last one: the time between the two. */
  connectionEndedAfterMs: number | undefined;
  /** The bodies of the request and the answer; older entries keep only the beginning. */
  request: string;
  answer: string;
  notes: string[];
};
