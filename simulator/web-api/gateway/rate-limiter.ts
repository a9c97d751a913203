import { callsPerMinute, type Method } from "../method.ts";

type Call = {
  method: Method;
  /** The app and the workspace: each pair has rates of its own. */
  place: string;
  channel: string | undefined;
  /** Messages a minute in all channels together, where the workspace has such a limit. */
  messagesPerMinute: number | undefined;
  now: number;
};

type Wait = { seconds: number; error: "ratelimited" | "rate_limited" };

export type RateLimiter = {
  /** How long until this call may be made, or nothing when it may be made now. */
  wait: (call: Call) => Wait | undefined;
  /** Notes a call that was let through. */
  count: (call: Call) => void;
};

const minute = 60_000;

/** The newest calls of each key, and when a window of a minute has room again. */
function makeWindows() {
  const calls = new Map<string, number[]>();
  return {
    wait(key: string, { now, most }: { now: number; most: number }): number | undefined {
      const recent = (calls.get(key) ?? []).filter((at) => now - at < minute);
      calls.set(key, recent);
      const first = recent[recent.length - most];
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
 * Slack's rates: one message a second in a channel, and for each method, app and workspace the calls a minute of
 * its tier, in a sliding window. Slack lets bursts pass of a size that it doesn't publish; here there are none.
 */
export function makeRateLimiter(): RateLimiter {
  const posted = new Map<string, number>();
  const windows = makeWindows();
  const isPost = ({ method }: Call) => method.name === "chat.postMessage";
  const channelKey = ({ place, channel }: Call) => `${place}/${channel}`;
  const methodKey = ({ place, method }: Call) => `${place}/${method.name}`;
  const waitToPost = (call: Call): Wait | undefined => {
    const since = call.now - (posted.get(channelKey(call)) ?? 0);
    if (since < 1000) return { seconds: Math.ceil((1000 - since) / 1000), error: "ratelimited" };
    const { messagesPerMinute: most, now } = call;
    const seconds = most === undefined ? undefined : windows.wait(methodKey(call), { now, most });
    return seconds === undefined ? undefined : { seconds, error: "rate_limited" };
  };
  return {
    wait(call) {
      if (isPost(call)) return waitToPost(call);
      const most = callsPerMinute[call.method.tier];
      const seconds = windows.wait(methodKey(call), { now: call.now, most });
      return seconds === undefined ? undefined : { seconds, error: "ratelimited" };
    },
    count(call) {
      if (isPost(call)) posted.set(channelKey(call), call.now);
      if (!isPost(call) || call.messagesPerMinute !== undefined) windows.count(methodKey(call), call.now);
    },
  };
}
