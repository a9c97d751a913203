import type { Notifications } from "../db/notifications.ts";
import type { Reach } from "../reach/reach.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackAccess } from "./slack-access.ts";
import { type Serve, SocketLink } from "./socket-link.ts";

/** The Socket Mode connection of this node. `fault` is Slack's code for why connecting failed. */
export type SocketState =
  | { kind: "off" }
  | { kind: "connecting"; since: Date; fault: string | null }
  /** `connections` of the app, as Slack counted them: one for each node of Tocsin, if nobody else uses the app. */
  | { kind: "connected"; since: Date; connections: number };

export interface SocketMode {
  state(): SocketState;
  /** Keeps a connection while the Slack app is in Socket Mode, and passes its requests to `serve`. */
  start(serve: Serve): void;
  /** Answers the requests received so far and disconnects. */
  close(): Promise<void>;
}

interface Parts {
  slack: Pick<SlackAccess, "clientWith" | "socketToken">;
  notifications: Pick<Notifications, "subscribe">;
  reach: Pick<Reach, "agentFor">;
  clock: () => Date;
  /** Returns a number between 0 and 1. */
  jitter: () => number;
  log: (facts: Record<string, unknown>, what: string) => void;
}

/** How often the settings are read, in case a notification was lost. */
const pollSeconds = 30;
/** After a connection that lasted at least this long, the next one is opened without a wait. */
const shortMs = 30_000;

/**
 * Keeps one connection open on this node; Slack sends each request over one of the app's connections. The next one is
 * opened before an ending one is closed, so that no request is lost.
 */
export function openSocketMode({ slack, notifications, reach, clock, jitter, log }: Parts): SocketMode {
  let state: SocketState = { kind: "off" };
  let current: { token: string; link: SocketLink } | null = null;
  let failures = 0;
  let closed = false;
  let running = Promise.resolve();
  const timer = wakeableTimer();
  const unsubscribe = notifications.subscribe((notification) => {
    if ("settings" in notification && notification.settings === "slack-app") timer.wake();
  });

  async function connect(token: string, serve: Serve): Promise<void> {
    const address = await slack.clientWith(token).openConnection();
    const link = await SocketLink.open(address, {
      agent: reach.agentFor(new URL(address)),
      serve,
      leaving: timer.wake,
      failed: (fault, type) => log({ err: fault, type }, "a Slack request failed"),
    });
    current = { token, link };
    state = { kind: "connected", since: clock(), connections: link.connections };
    log({}, "connected to Slack by Socket Mode");
  }

  /** Opens or closes the connection as the settings say. Returns the seconds until the next look. */
  async function reconcile(serve: Serve): Promise<number> {
    const before = current;
    const token = await slack.socketToken();
    const lasted = before ? performance.now() - before.link.openedAt : 0;
    if (lasted >= shortMs) failures = 0;
    if (before?.token === token && !before?.link.leaving) return pollSeconds;
    current = null;
    try {
      if (token === null) state = { kind: "off" };
      else if (before?.token === token && lasted < shortMs) return endedSoon(before.link.reason);
      else await connect(token, serve);
    } finally {
      await before?.link.retire();
    }
    return pollSeconds;
  }

  /** Slack accepted the connection and ended it again. Without a wait this would repeat 20 times a second. */
  function endedSoon(reason: string | null): number {
    failures += 1;
    const since = "since" in state ? state.since : clock();
    state = { kind: "connecting", since, fault: reason ?? "connection_ended" };
    log({ error: reason, failures }, "a Socket Mode connection ended within 30 s");
    return reconnectSeconds({ kind: "passing", retryAfterSeconds: null }, failures, jitter());
  }

  function failed(fault: unknown): number {
    failures += 1;
    const { code, ...retry } =
      fault instanceof SlackFault
        ? fault
        : { code: "internal", kind: "passing" as const, retryAfterSeconds: null };
    state = { kind: "connecting", since: "since" in state ? state.since : clock(), fault: code };
    log({ error: code, failures }, "no connection to Slack by Socket Mode");
    return reconnectSeconds(retry, failures, jitter());
  }

  return {
    state: () => state,
    start(serve) {
      running = (async () => {
        while (!closed) await timer.after(await reconcile(serve).catch(failed));
        await current?.link.retire();
      })();
    },
    async close() {
      closed = true;
      unsubscribe();
      timer.wake();
      await running;
    },
  };
}

/** A timer that can be woken early. A wake-up while nothing waits ends the next wait at once. */
function wakeableTimer() {
  let woken = false;
  let endWait: (() => void) | null = null;
  return {
    wake(): void {
      if (endWait) endWait();
      else woken = true;
    },
    /** Resolves after this many seconds, or when woken. */
    after(seconds: number): Promise<void> {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          endWait = null;
          woken = false;
          resolve();
        };
        const timer = setTimeout(done, woken ? 0 : seconds * 1000);
        endWait = done;
      });
    },
  };
}

const maxSeconds = 60;
/** After a setup fault. A repair in Tocsin sends a notification, so only a repair in Slack waits this long. */
const setupFaultSeconds = 60;

/** Seconds to wait after this many failures in a row. `jitter` is between 0 and 1. */
export function reconnectSeconds(
  { kind, retryAfterSeconds }: Pick<SlackFault, "kind" | "retryAfterSeconds">,
  failures: number,
  jitter: number,
): number {
  if (kind === "rate") return retryAfterSeconds ?? maxSeconds;
  if (kind !== "passing") return setupFaultSeconds;
  return Math.min(maxSeconds, 2 ** (failures - 1)) * (0.5 + jitter / 2);
}
