import type { Fleet } from "../fleet/fleet.ts";

/** What became of the messages of one kind. */
interface Tally {
  expected: number;
  missing: number;
  doubled: number;
  /** Doubled although Slack's response to each arrived. */
  unexplained: string[];
  /** Posts of the kind that Slack refused, failed or left without a response. */
  wentWrong: number;
}

export type OtherMessages = Record<"questions" | "replies" | "digests", Tally>;

interface Message {
  channel: string;
  ts: string;
  threadTs?: string | undefined;
  text: string;
}

interface Seen {
  questions: string[];
  /** `channel/ts` of messages whose response did not arrive. */
  lost: Set<string>;
}

/** Compares questions, replies and digests with what Slack has. */
export async function otherMessages(
  { slack, postgres }: Pick<Fleet, "slack" | "postgres">,
  { questions, lost }: Seen,
): Promise<OtherMessages> {
  const sent = await slack.ask("sent", {});
  const failed = await readFailed(slack);
  const threads = new Set(
    sent.flatMap(({ channel, threadTs }) => (threadTs ? [`${channel}/${threadTs}`] : [])),
  );
  // A card that was deleted has its alert opened and triaged again, so its thread may rightly say the same twice.
  const told = await postgres.query<{ thread: string; times: number }>(`
    select c.channel_id || '/' || c.ts as thread,
      count(*) filter (where h.data ->> 'to' = 'TRIAGED')::int as times
    from cards c join history h on h.alert_id = c.alert_id
    where h.kind = 'status_changed' and h.seq > c.posted_seq and h.seq <= c.told_seq and not c.gone group by 1`);
  const timesTold = new Map(told.map(({ thread, times }) => [thread, times]));
  const digests = await postgres.query("select from messages where kind = 'digest' and ts is not null");
  // The balancer passes a slow request on to another node, which then asks the same again.
  const asks = await postgres.query<{ question: string; count: number }>(
    "select question, count(*)::int from boomerangs b join boomerang_asks k on k.boomerang_id = b.id group by 1",
  );
  const timesAsked = new Map(asks.map(({ question, count }) => [question, count]));
  const asked = sent.filter(({ text, threadTs }) => !threadTs && questionIn(text) !== null);
  const isDigest = ({ text, threadTs }: Message) => !threadTs && /alerts? in this digest/.test(text);
  return {
    questions: {
      expected: questions.length,
      missing: questions.filter((question) => !asked.some(({ text }) => text.includes(question))).length,
      ...doubles(asked, lost, {
        keyOf: ({ text }) => questionIn(text) ?? "",
        times: ({ text }) => timesAsked.get(questionIn(text) ?? "") ?? 1,
      }),
      wentWrong: failed.filter((request) => /Question \d+/.test(request)).length,
    },
    replies: {
      expected: told.length,
      missing: told.filter(({ thread }) => !threads.has(thread)).length,
      ...doubles(
        sent.filter(({ threadTs }) => threadTs),
        lost,
        {
          keyOf: ({ channel, threadTs, text }) => `${channel}/${threadTs} ${withoutNote(text)}`,
          times: ({ channel, threadTs }) => timesTold.get(`${channel}/${threadTs}`) ?? 1,
        },
      ),
      wentWrong: failed.filter((request) => request.includes("thread_ts")).length,
    },
    digests: {
      expected: digests.length,
      missing: Math.max(0, digests.length - sent.filter(isDigest).length),
      ...doubles(sent.filter(isDigest), lost, {
        keyOf: ({ channel, text }) => `${channel} ${text}`,
        times: () => 1,
      }),
      wentWrong: failed.filter((request) => request.includes("in this digest")).length,
    },
  };
}

async function readFailed(slack: Fleet["slack"]): Promise<string[]> {
  const log = await slack.log.entries();
  return log.flatMap(({ what, outcome, notes, request }) =>
    what === "chat.postMessage" && (outcome !== "ok" || notes.length > 0) ? [request] : [],
  );
}

const questionIn = (text: string) => /Question \d+, was this you\?/.exec(text)?.[0] ?? null;

const withoutNote = (text: string) => text.replace(/May be a repeat:[^.]*\.\s*/, "");

/** Messages that say the same as another, more often than `times` says. A lost response explains one of them. */
function doubles(
  messages: Message[],
  lost: Set<string>,
  { keyOf, times }: { keyOf: (message: Message) => string; times: (message: Message) => number },
) {
  const groups = [...Map.groupBy(messages, keyOf).values()].flatMap((group) => {
    const [first] = group;
    const more = first ? group.length - Math.max(1, times(first)) : 0;
    return more > 0 ? [{ group, more }] : [];
  });
  const isLost = ({ channel, ts }: Message) => lost.has(`${channel}/${ts}`);
  const unexplained = groups.filter(({ group, more }) => group.filter(isLost).length < more);
  return {
    doubled: groups.reduce((sum, { more }) => sum + more, 0),
    unexplained: unexplained.map(({ group }) => group[0]?.text ?? ""),
  };
}
