/** A message of the app in the simulator. */
export interface Sent {
  channel: string;
  ts: string;
  threadTs?: string;
  text: string;
}

/** A call in the simulator's log. */
export interface Call {
  what: string;
  channel?: string;
  ts?: string;
  delivered?: boolean;
  connectionEndedAfterMs?: number;
}

export interface Verdict {
  acknowledged: number;
  missing: string[];
  doubled: number;
  /** Of those, how many had an answer that Slack itself logged as not delivered. */
  undelivered: number;
  /** Doubled cards whose answers neither failed to arrive nor were the last before their process ended. */
  unexplained: string[];
}

/**
 * An answer that a process had read, but not yet written down when it was killed, looks delivered to Slack.
 * fetch keeps an idle connection for 4 s: one that ended sooner ended with its process.
 */
const endedWithProcessMs = 2000;

/** Which acknowledged reports have no card, and which stand twice although every answer arrived. */
export function verdict(acknowledged: string[], sent: Sent[], calls: Call[]): Verdict {
  const cards = new Map<string, Sent[]>();
  for (const message of sent) {
    const title = /Report \d+ of a storm/.exec(message.text)?.[0];
    if (title && !message.threadTs) cards.set(title, [...(cards.get(title) ?? []), message]);
  }
  const lost = new Set(calls.filter(isLost).map((call) => `${call.channel}/${call.ts}`));
  const doubled = [...cards.values()].filter((messages) => messages.length > 1);
  const undelivered = new Set(calls.filter(isUndelivered).map((call) => `${call.channel}/${call.ts}`));
  const explained = (messages: Sent[]) =>
    messages.filter(({ channel, ts }) => lost.has(`${channel}/${ts}`)).length >= messages.length - 1;
  return {
    acknowledged: acknowledged.length,
    missing: acknowledged.filter((title) => !cards.has(title)),
    doubled: doubled.reduce((sum, messages) => sum + messages.length - 1, 0),
    undelivered: doubled.flat().filter(({ channel, ts }) => undelivered.has(`${channel}/${ts}`)).length,
    unexplained: doubled.filter((messages) => !explained(messages)).map(([first]) => first?.text ?? ""),
  };
}

function isUndelivered({ what, delivered }: Call): boolean {
  return what === "chat.postMessage" && delivered === false;
}

function isLost({ what, delivered, connectionEndedAfterMs = Number.POSITIVE_INFINITY }: Call): boolean {
  return what === "chat.postMessage" && (delivered === false || connectionEndedAfterMs < endedWithProcessMs);
}
