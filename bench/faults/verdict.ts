import type { Fleet } from "../fleet/fleet.ts";
import { titlesInDigests } from "../scenarios/announced.ts";
import { type OtherMessages, otherMessages } from "./other-messages.ts";

export interface Verdict extends OtherMessages {
  acknowledged: number;
  /** Acknowledged reports that are not in Slack. */
  missing: number;
  firstMissing: string[];
  /** Cards that were posted again, and how many of them say so. */
  doubled: number;
  marked: number;
  /** Doubled cards although Slack's response to each arrived. */
  unexplained: string[];
  /** Cards that show another status than their alert has. Cards that can't be edited may show it in the thread. */
  outOfDate: number;
  /** Acknowledged reports that the webhook never got, and those that it got as two different events. */
  webhookMissing: number;
  webhookDoubled: number;
  /** Events that it got again with the same id, by which it recognises them. */
  webhookRepeats: number;
  /** Calls of the app that Slack refused with 429. */
  refused: number;
  /** Calls that Slack refused, failed or left without a response, including those of the inflicted faults. */
  wentWrong: number;
  /** The time from the last report until nothing was due. */
  waitedMs?: number;
}

/**
 * To Slack, a response looks delivered even if the process was killed before it stored the response. fetch keeps an idle
 * connection for 4 s, so a connection that ended sooner ended with its process.
 */
const endedWithProcessMs = 2000;
/** How long before a pause a call may have started that was still under way. */
const hangsBeforeMs = 500;
const repeatNote = "May be a repeat";

type Log = Awaited<ReturnType<Fleet["slack"]["log"]["entries"]>>;
type Entry = Log[number];

interface Message {
  ts: string;
  threadTs?: string | undefined;
  text: string;
}

/** Compares the titles of acknowledged reports with the messages in Slack and the alerts in the database. */
export async function verdict(
  { slack, postgres, receiver, nodes }: Fleet,
  { acknowledged, questions }: { acknowledged: string[]; questions: string[] },
): Promise<Verdict> {
  const sent = await slack.ask("sent", {});
  const log = await slack.log.entries();
  const cards = groupByTitle(sent.filter((message) => !message.threadTs));
  const doubled = [...cards.values()].filter((messages) => messages.length > 1);
  const lost = lostMessages(log, nodes);
  const explained = (messages: { channel: string; ts: string }[]) =>
    messages.filter(({ channel, ts }) => lost.has(`${channel}/${ts}`)).length >= messages.length - 1;
  const shown = shownBy(sent, new Set(log.filter(isUneditable).map(editedTs)));
  const inDigests = await titlesInDigests({ postgres });
  const missing = acknowledged.filter((title) => !cards.has(title) && !inDigests.has(title));
  const alerts = await postgres.query<{ title: string; status: string }>("select title, status from alerts");
  return {
    acknowledged: acknowledged.length,
    missing: missing.length,
    firstMissing: missing.slice(0, 5),
    doubled: doubled.reduce((sum, messages) => sum + messages.length - 1, 0),
    marked: log.filter(isRepeat).length,
    unexplained: doubled.filter((messages) => !explained(messages)).map(([first]) => first?.text ?? ""),
    outOfDate: alerts.filter(({ title, status }) => isOutOfDate(shown(cards.get(title)), status)).length,
    ...atWebhook(receiver.accepted, acknowledged),
    wentWrong: log.filter((entry) => entry.direction === "app to Slack" && hasFailed(entry)).length,
    refused: log.filter(({ direction, outcome }) => direction === "app to Slack" && outcome === "ratelimited")
      .length,
    ...(await otherMessages({ slack, postgres }, { questions, lost })),
  };
}

/** `channel/ts` of messages whose response did not reach a process that could store it. */
function lostMessages(log: Log, nodes: Fleet["nodes"]): Set<string> {
  const hung = nodes.flatMap((node) => node.pauses());
  const unread = (entry: Entry) => isLost(entry) || (isPost(entry) && during(hung, entry.at));
  return new Set(log.filter(unread).map(({ channel, ts }) => `${channel}/${ts}`));
}

function atWebhook(accepted: Fleet["receiver"]["accepted"], acknowledged: string[]) {
  const events = new Map<string, Set<string>>();
  for (const { title, eventId } of accepted) events.set(title, (events.get(title) ?? new Set()).add(eventId));
  const different = [...events.values()].reduce((sum, ids) => sum + ids.size, 0);
  return {
    webhookMissing: acknowledged.filter((title) => !events.has(title)).length,
    webhookDoubled: different - events.size,
    webhookRepeats: accepted.length - different,
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

const statusTexts: Record<string, string> = {
  OPEN: "open",
  TRIAGED: "triaged",
  RESOLVED: "resolved",
  CLOSED: "invalid",
};

function isOutOfDate(texts: string[] | undefined, status: string): boolean {
  return texts !== undefined && !texts.some((text) => text.includes(` ${statusTexts[status]}`));
}

/** The texts that show an alert's status: its cards, and the threads of those that can't be edited. */
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
const hasFailed = ({ outcome, notes }: Entry) => outcome !== "ok" || notes.length > 0;
/** Whether the response came to a process that hung until another one had accepted over. */
const during = (pauses: readonly (readonly [number, number])[], at: number) =>
  pauses.some(([from, to]) => from - hangsBeforeMs < at && at < to);
const isUneditable = ({ outcome }: Entry) =>
  outcome === "edit_window_closed" || outcome === "cant_update_message";
/** The log has a message only for calls that succeeded, but every request names it. */
const editedTs = ({ request }: Entry) => /\bts[":=]+(\d{10}\.\d{6})/.exec(request)?.[1];
const isRepeat = (entry: Entry) => isPost(entry) && entry.request.includes(repeatNote);
