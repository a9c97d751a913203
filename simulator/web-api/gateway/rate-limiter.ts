import { callsPerMinute, type Method } from "../method.ts";

type Call = {
  method: Method;
  /** Identifies the app and the workspace: each pair has its own limits. */
  callerKey: string;
  channel: string | undefined;
  /** The workspace's limit of messages per minute in all channels together, if it has one. */
  messagesPerMinute: number | undefined;
  now: number;
};

type Wait = { seconds: number; error: "ratelimited" | "rate_limited" };

export type RateLimiter = {
  /** Returns how long the call has to wait, or undefined if it may proceed. */
  wait: (call: Call) => Wait | undefined;
  /** Counts a call that was let through. */
  count: (call: Call) => void;
};

const minute = 60_000;

/** Sliding windows of one minute, one per key. */
function makeWindows() {
  const calls = new Map<string, number[]>();
  return {
    wait(key: string, { now, max }: { now: number; max: number }): number | undefined {
      const recent = (calls.get(key) ?? []).filter((at) => now - at < minute);
      calls.set(key, recent);
      const first = recent[recent.length - max];
      return first === undefined ? undefined : Math.ceil((minute - (now - first)) / 1000);
    },
    count(key: string, now: number): void {
      const known = calls.get(key);
      if (known) known.push(now);
      else calls.set(key, [now]);
    },
  };
}

/**
 * Slack's rate limits: one message per second and channel, and its tier's calls per minute for each method, app and
 * workspace, in a sliding window. Slack also allows bursts of an unpublished size; the simulator allows none.
 * `postEveryMs` is the second.
 */
export function makeRateLimiter({ postEveryMs }: { postEveryMs: number }): RateLimiter {
  const posted = new Map<string, number>();
  const windows = makeWindows();
  const isPost = ({ method }: Call) => method.name === "chat.postMessage";
  const channelKey = ({ callerKey, channel }: Call) => `${callerKey}/${channel}`;
  const methodKey = ({ callerKey, method }: Call) => `${callerKey}/${method.name}`;
  const waitToPost = (call: Call): Wait | undefined => {
    const since = call.now - (posted.get(channelKey(call)) ?? 0);
    if (since < postEveryMs)
      return { seconds: Math.ceil((postEveryMs - since) / 1000), error: "ratelimited" };
    const { messagesPerMinute: max, now } = call;
    const seconds = max === undefined ? undefined : windows.wait(methodKey(call), { now, max });
    return seconds === undefined ? undefined : { seconds, error: "rate_limited" };
  };
  return {
    wait(call) {
      if (isPost(call)) return waitToPost(call);
      const max = callsPerMinute[call.method.tier];
      const seconds = windows.wait(methodKey(call), { now: call.now, max });
      return seconds === undefined ? undefined : { seconds, error: "ratelimited" };
    },
    count(call) {
      if (isPost(call)) posted.set(channelKey(call), call.now);
      if (!isPost(call) || call.messagesPerMinute !== undefined) windows.count(methodKey(call), call.now);
    },
  };
}
