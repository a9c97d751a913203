import type { Entry } from "./entry.ts";

export type Traffic = {
  /** Notes a call as it comes in; the entry is filled in as the call goes on. */
  open: (given: Pick<Entry, "at" | "direction" | "what"> & Partial<Entry>) => Entry;
  /** Entries after a sequence number, oldest first. */
  after: (seq: number) => Entry[];
};

const longest = 400;

// A cut string shares the memory of the whole one in V8, so the part is copied out.
const copied = (text: string) => Buffer.from(text).toString();

/** The beginning of a body, as the log keeps it. */
export const trimmed = (body: string): string =>
  body.length <= longest ? body : `${copied(body.slice(0, longest))}… (${body.length} characters)`;

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
