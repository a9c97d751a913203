import type { Fleet } from "../fleet/fleet.ts";
import { digested } from "../scenarios/announced.ts";

export interface Verdict {
  acknowledged: number;
  /** Acknowledged reports that stand nowhere in Slack. */
  missing: number;
  firstMissing: string[];
  /** Cards that stand more often than once, and how many of them say so. */
  doubled: number;
  marked: number;
  /** Doubled ones although every answer of theirs arrived. */
  unexplained: string[];
  /** Cards that show another status than their alert has, where Slack lets nobody edit them in their threads either. */
  outOfDate: number;
  /** Acknowledged reports that the webhook never took, and those it took as two different events. */
  webhookMissing: number;
  webhookDoubled: number;
  /** Events that it took again under their id, by which it knows them. */
  webhookRepeats: number;
  /** Calls of the app that Slack refused with 429. */
  refused: number;
  /** Calls of the app that Slack refused, failed or left without an answer: the faults that came to pass among them. */
  wentWrong: number;
  /** How long it took after the last report until nothing was due any more. */
  waitedMs?: number;
}

/**
 * An answer that a process had read, but not yet written down when it was killed, looks delivered to Slack.
 * fetch keeps an idle connection for 4 s: one that ended sooner ended with its process.
 */
const endedWithProcessMs = 2000;
/** A call that was under way when the process was stopped. */
const hangsBeforeMs = 500;
const repeatNote = "May be a repeat";

type Log = Awaited<ReturnType<Fleet["slack"]["log"]["entries"]>>;
type Entry = Log[number];

interface Message {
  ts: string;
  threadTs?: string | undefined;
  text: string;
}

/** Compares what was acknowledged, as titles, with what stands in Slack and in the database. */
export async function verdict(
  { slack, postgres, receiver, nodes }: Fleet,
  acknowledged: string[],
): Promise<Verdict> {
  const sent = await slack.ask("sent", {});
  const log = await slack.log.entries();
  const cards = groupByTitle(sent.filter((message) => !message.threadTs));
  const doubled = [...cards.values()].filter((messages) => messages.length > 1);
  const hung = nodes.flatMap((node) => node.pauses());
  const unread = (entry: Entry) => isLost(entry) || (isPost(entry) && during(hung, entry.at));
  const lost = new Set(log.filter(unread).map(({ channel, ts }) => `${channel}/${ts}`));
  const explained = (messages: { channel: string; ts: string }[]) =>
    messages.filter(({ channel, ts }) => lost.has(`${channel}/${ts}`)).length >= messages.length - 1;
  const shown = shownBy(sent, new Set(log.filter(isUneditable).map(editedTs)));
  const gathered = await digested({ postgres });
  const missing = acknowledged.filter((title) => !cards.has(title) && !gathered.has(title));
  const alerts = await postgres.query<{ title: string; status: string }>("select title, status from alerts");
  return {
    acknowledged: acknowledged.length,
    missing: missing.length,
    firstMissing: missing.slice(0, 5),
    doubled: doubled.reduce((sum, messages) => sum + messages.length - 1, 0),
    marked: log.filter(isRepeat).length,
    unexplained: doubled.filter((messages) => !explained(messages)).map(([first]) => first?.text ?? ""),
    outOfDate: alerts.filter(({ title, status }) => isOutOfDate(shown(cards.get(title)), status)).length,
    ...atWebhook(receiver.taken, acknowledged),
    wentWrong: log.filter((entry) => entry.direction === "app to Slack" && wentWrong(entry)).length,
    refused: log.filter(({ direction, outcome }) => direction === "app to Slack" && outcome === "ratelimited")
      .length,
  };
}

function atWebhook(taken: Fleet["receiver"]["taken"], acknowledged: string[]) {
  const events = new Map<string, Set<string>>();
  for (const { title, eventId } of taken) events.set(title, (events.get(title) ?? new Set()).add(eventId));
  const different = [...events.values()].reduce((sum, ids) => sum + ids.size, 0);
  return {
    webhookMissing: acknowledged.filter((title) => !events.has(title)).length,
    webhookDoubled: different - events.size,
    webhookRepeats: taken.length - different,
  };
}

function groupByTitle<Message extends { text: string }>(messages: Message[]): Map<string, Message[]> {
  const found = new Map<string, Message[]>();
  for (const message of messages) {
    const title = /Report \d+ of a storm/.exec(message.text)?.[0];
    if (title) found.set(title, [...(found.get(title) ?? []), message]);
  }
  return found;
}

const words: Record<string, string> = {
  OPEN: "open",
  TRIAGED: "triaged",
  RESOLVED: "resolved",
  CLOSED: "invalid",
};

function isOutOfDate(texts: string[] | undefined, status: string): boolean {
  return texts !== undefined && !texts.some((text) => text.includes(` ${words[status]}`));
}

/** What tells of an alert's status: its cards, and the threads of those that can't be edited. */
function shownBy(sent: Message[], uneditable: Set<string | undefined>) {
  const replies = (ts: string) => sent.filter((message) => message.threadTs === ts);
  return (cards: Message[] | undefined) =>
    cards?.flatMap((card) =>
      [card, ...(uneditable.has(card.ts) ? replies(card.ts) : [])].map(({ text }) => text),
    );
}

const isPost = ({ what, outcome }: Entry) => what === "chat.postMessage" && outcome === "ok";
const isLost = (entry: Entry) =>
  isPost(entry) &&
  (entry.delivered === false ||
    (entry.connectionEndedAfterMs ?? Number.POSITIVE_INFINITY) < endedWithProcessMs);
const wentWrong = ({ outcome, notes }: Entry) => outcome !== "ok" || notes.length > 0;
/** The answer came to a process that hung until another had taken over. */
const during = (pauses: readonly (readonly [number, number])[], at: number) =>
  pauses.some(([from, to]) => from - hangsBeforeMs < at && at < to);
const isUneditable = ({ outcome }: Entry) =>
  outcome === "edit_window_closed" || outcome === "cant_update_message";
/** The log knows a message only of calls that went well; the request names it always. */
const editedTs = ({ request }: Entry) => /\bts[":=]+(\d{10}\.\d{6})/.exec(request)?.[1];
const isRepeat = (entry: Entry) => isPost(entry) && entry.request.includes(repeatNote);
