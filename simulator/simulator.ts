import type { Sockets } from "./callbacks/sockets.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { Traffic } from "./traffic/traffic.ts";
import type { Fault } from "./web-api/gateway/fault.ts";
import type { RateLimiter } from "./web-api/gateway/rate-limiter.ts";
import type { Workspace, World } from "./workspace/workspace.ts";

/** A running simulator. */
export type Simulator = {
  world: World;
  traffic: Traffic;
  changeFeed: ChangeFeed;
  rates: RateLimiter;
  sockets: Sockets;
  faults: Fault[];
  /** Sends the answers that faults hold back. */
  held: (() => void)[];
  settings: {
    rateLimits: boolean;
    /** Delays before the second, third and last attempt to send an event, in milliseconds. */
    eventRetriesMs: number[];
  };
  /** Where the simulator listens, for example `http://127.0.0.1:4001`. */
  origin: string;
  /** Waits before a retry. */
  sleep: (ms: number) => Promise<void>;
  /** Aborts waiting work, such as event retries, when the simulator stops. */
  stopping: AbortSignal;
};

/** The simulator, and the workspace that an action happens in. */
export type WorkspaceContext = Simulator & { workspace: Workspace };
