import { callsPerMinute, type Method } from "../method.ts";

type Call = {
  method: Method;
  /** The app and the workspace: each pair has rates of its own. */
  place: string;
  channel: string | undefined;
  now: number;
};

export type RateLimiter = {
  /** Seconds until this call may be made, or nothing when it may be made now. */
  wait: (call: Call) => number | undefined;
  /** Notes a call that was let through. */
  count: (call: Call) => void;
};

/**
 * Slack's rates: one message a second in a channel, and for each method, app and workspace the calls a minute of
 * its tier, in a sliding window. Slack lets bursts pass of a size that it doesn't publish; here there are none.
 */
export function makeRateLimiter(): RateLimiter {
  const posted = new Map<string, number>();
  const calls = new Map<string, number[]>();
  const isPost = ({ method }: Call) => method.name === "chat.postMessage";
  const key = ({ method, place, channel }: Call) =>
    `${place}/${method.name === "chat.postMessage" ? channel : method.name}`;
  return {
    wait(call) {
      if (isPost(call)) {
        const since = call.now - (posted.get(key(call)) ?? 0);
        return since < 1000 ? Math.ceil((1000 - since) / 1000) : undefined;
      }
      const recent = (calls.get(key(call)) ?? []).filter((at) => call.now - at < 60_000);
      calls.set(key(call), recent);
      const first = recent[recent.length - callsPerMinute[call.method.tier]];
      return first === undefined ? undefined : Math.ceil((60_000 - (call.now - first)) / 1000);
    },
    count(call) {
      if (isPost(call)) posted.set(key(call), call.now);
      else calls.get(key(call))?.push(call.now);
    },
  };
}
