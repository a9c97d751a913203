import type { Database } from "../db/connect.ts";
import type { WebhookAccess } from "../deliver/custom-webhook/webhook-access.ts";
import type { Pace } from "../pace.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import type { Meter } from "./meter.ts";
import type { Outcomes } from "./retry-write.ts";

/** What delivering stands on. */
export interface Deps {
  db: Database;
  /** This worker's name in leases; another in every process. */
  me: string;
  /** Speaks to Slack as an installation; throws a set-up `SlackFault` if there is no token to do so. */
  clientFor: (installationId: string) => Promise<SlackClient>;
  /** Writes down what Slack or a receiver has answered, however long the database is away. */
  write: Outcomes["write"];
  webhooks: Pick<WebhookAccess, "send">;
  publicUrl: string;
  clock: () => Date;
  /** Between 0 and 1. */
  jitter: () => number;
  meter: Pick<Meter, "attempted" | "announced">;
  pace: Pace;
  /** One line per thing that happened, ids only. */
  log: (facts: Record<string, unknown>, what: string) => void;
}
