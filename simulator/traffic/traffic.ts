export type Traffic = {
  /** Notes a call as it comes in; the entry is filled in as the call goes on. */
  open: (given: Pick<Entry, "at" | "direction" | "what"> & Partial<Entry>) => Entry;
  /** Entries after a sequence number, oldest first. */
  after: (seq: number) => Entry[];
};

const longest = 400;
const longestWhole = 64 * 1024;
// What one looks at is among the newest; bodies of older entries are cut, since the log of a bench is long.
const keptWhole = 500;

// A cut string shares the memory of the whole one in V8, so the part is copied out.
const copied = (text: string) => Buffer.from(text).toString();

const cut = (body: string, length: number): string =>
  body.length <= length ? body : `${copied(body.slice(0, length))}… (${body.length} characters)`;

/** A body as the log keeps it while it is new. */
export const trimmed = (body: string): string => cut(body, longestWhole);

function shorten(entry: Entry | undefined): void {
  if (!entry || entry.request.length + entry.answer.length <= longest) return;
  entry.request = cut(entry.request, longest);
  entry.answer = cut(entry.answer, longest);
}

/** A log of the last `kept` calls. */
export function makeTraffic(kept = 50_000): Traffic {
  let entries: Entry[] = [];
  let last = 0;
  return {
    open(given) {
      last += 1;
      const entry: Entry = {
        channel: undefined,
        ts: undefined,
        outcome: "under way",
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
      shorten(entries[entries.length - 1 - keptWhole]);
      // Cutting half at a time keeps the cost of an entry constant.
      if (entries.length > kept * 2) entries = entries.slice(-kept);
      return entry;
    },
    after(seq) {
      const first = Math.max(0, entries.length - kept, entries.length - (last - seq));
      return entries.slice(first);
    },
  };
}

/** One call between the app and Slack, in either direction. */
export type Entry = {
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  direction: "app to Slack" | "Slack to app";
  /** A method of the Web API, or what Slack sent: `block_actions`, `event:member_joined_channel`, … */
  what: string;
  channel: string | undefined;
  /** The message that the call made or changed. */
  ts: string | undefined;
  /** `ok`, Slack's error code, or `HTTP 502`. */
  outcome: string;
  tookMs: number | undefined;
  /** Whether the answer reached the other side; see `watch-delivery.ts`. Unset while it is under way. */
  delivered: boolean | undefined;
  /** Set when the caller's connection ended with this answer as its last: how long after it. */
  connectionEndedAfterMs: number | undefined;
  /** What was sent, and what came back; of older entries the beginning. */
  request: string;
  answer: string;
  notes: string[];
};
