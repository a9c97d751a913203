import type { Notifications } from "../db/notify.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackAccess } from "./slack-access.ts";
import { type Serve, SocketLink } from "./socket-link.ts";

/** Whether this node hears Slack over a socket. `fault` is Slack's word for why it doesn't yet. */
export type SocketState =
  | { kind: "off" }
  | { kind: "connecting"; since: Date; fault: string | null }
  | { kind: "connected"; since: Date };

export interface SocketMode {
  state(): SocketState;
  /** Connects while the Slack app is in Socket Mode, and gives what comes to `serve`. */
  start(serve: Serve): void;
  /** Answers what came in, and disconnects. */
  close(): Promise<void>;
}

interface Parts {
  slack: Pick<SlackAccess, "clientWith" | "socketToken">;
  notifications: Pick<Notifications, "subscribe">;
  clock: () => Date;
  /** Between 0 and 1. */
  jitter: () => number;
  log: (facts: Record<string, unknown>, what: string) => void;
}

/** For settings whose ring was lost. */
const lookSeconds = 30;

/**
 * Keeps one connection open, on every node: Slack gives each request to any one of an app's. The next is open
 * before the one that Slack is about to end is let go, so that no click falls between them.
 */
export function openSocketMode({ slack, notifications, clock, jitter, log }: Parts): SocketMode {
  let state: SocketState = { kind: "off" };
  let current: { token: string; link: SocketLink } | null = null;
  let failures = 0;
  let closed = false;
  let running = Promise.resolve();
  const alarm = alarmClock();
  const silence = notifications.subscribe((ring) => {
    if ("settings" in ring && ring.settings === "slack-app") alarm.ring();
  });

  async function connect(token: string, serve: Serve): Promise<void> {
    const address = await slack.clientWith(token).openConnection();
    const link = await SocketLink.open(address, {
      serve,
      leaving: alarm.ring,
      failed: (fault, type) => log({ err: fault, type }, "a Slack request failed"),
    });
    current = { token, link };
    failures = 0;
    state = { kind: "connected", since: clock() };
    log({}, "connected to Slack by Socket Mode");
  }

  async function follow(serve: Serve): Promise<void> {
    const before = current;
    const token = await slack.socketToken();
    if (before?.token === token && !before?.link.leaving) return;
    current = null;
    try {
      if (token === null) state = { kind: "off" };
      else await connect(token, serve);
    } finally {
      await before?.link.retire();
    }
  }

  function failed(fault: unknown): number {
    failures += 1;
    const { code, ...asks } =
      fault instanceof SlackFault
        ? fault
        : { code: "internal", kind: "passing" as const, retryAfterSeconds: null };
    state = { kind: "connecting", since: "since" in state ? state.since : clock(), fault: code };
    log({ error: code, failures }, "no connection to Slack by Socket Mode");
    return reconnectSeconds(asks, failures, jitter());
  }

  return {
    state: () => state,
    start(serve) {
      running = (async () => {
        while (!closed) await alarm.after(await follow(serve).then(() => lookSeconds, failed));
        await current?.link.retire();
      })();
    },
    async close() {
      closed = true;
      silence();
      alarm.ring();
      await running;
    },
  };
}

/** Lets one who waits be woken before their time. A ring while nobody waits is kept for the next. */
function alarmClock() {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring(): void {
      if (wake) wake();
      else rung = true;
    },
    /** Resolves after a time, or at a ring. */
    after(seconds: number): Promise<void> {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          wake = null;
          rung = false;
          resolve();
        };
        const timer = setTimeout(done, rung ? 0 : seconds * 1000);
        wake = done;
      });
    },
  };
}

const longest = 30;
/** Somebody has to mend it in Slack or in Tocsin; the latter rings at once. */
const whenMended = 60;

/** How long to wait before the next try to connect, after so many that failed in a row. `jitter` is 0 to 1. */
export function reconnectSeconds(
  { kind, retryAfterSeconds }: Pick<SlackFault, "kind" | "retryAfterSeconds">,
  failures: number,
  jitter: number,
): number {
  if (kind === "rate") return retryAfterSeconds ?? longest;
  if (kind !== "passing") return whenMended;
  return Math.min(longest, 2 ** (failures - 1)) * (0.5 + jitter / 2);
}
