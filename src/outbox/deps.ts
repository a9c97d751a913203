import type { Database } from "../db/connect.ts";
import type { Pace } from "../pace.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import type { Meter } from "./meter.ts";
import type { OutcomeWriter } from "./retry-write.ts";

/** The stored token of an installation, as the caller has just read it. */
export interface SealedToken {
  sealed: Buffer;
  enterpriseId: string | null;
  teamId: string | null;
}

/** What workers depend on. */
export interface Deps {
  db: Database;
  /** The Slack client of an installation, whose token is read if it isn't known; throws a setup `SlackFault` without one. */
  clientFor: (installationId: string, known?: SealedToken) => Promise<SlackClient>;
  /** Writes an outcome; retries while the database is unavailable. */
  write: OutcomeWriter["write"];
  publicUrl: string;
  clock: () => Date;
  /** A random number between 0 and 1. */
  jitter: () => number;
  meter: Pick<Meter, "attempted" | "announced" | "closed">;
  pace: Pace;
  /** One log line per event, with ids only. */
  log: (facts: Record<string, unknown>, what: string) => void;
}
