import type { Sockets } from "./callbacks/sockets.ts";
import type { Changes } from "./change-feed.ts";
import type { Traffic } from "./traffic/traffic.ts";
import type { Fault } from "./web-api/gateway/fault.ts";
import type { RateLimiter } from "./web-api/gateway/rate-limiter.ts";
import type { Workspace, World } from "./workspace/workspace.ts";

/** A running pretend Slack: its workspaces, and what stands around them. */
export type Simulator = {
  world: World;
  traffic: Traffic;
  changes: Changes;
  rates: RateLimiter;
  sockets: Sockets;
  faults: Fault[];
  settings: {
    rateLimits: boolean;
    /** Waits before Slack's second, third and last try of an event, in milliseconds. */
    eventRetriesMs: number[];
    /** How long an app may take to answer, in milliseconds. */
    patienceMs: number;
  };
  /** Where it listens, as `http://127.0.0.1:4001`. */
  origin: string;
  /** Lets time pass before Slack tries again. */
  sleep: (ms: number) => Promise<void>;
  /** Ends work that waits, as retries of events, when the simulator stops. */
  stopping: AbortSignal;
};

/** The same, where something happens in one workspace. */
export type Scene = Simulator & { workspace: Workspace };
