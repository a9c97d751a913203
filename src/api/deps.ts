import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Config } from "../config.ts";
import type { SlackAccess } from "../connect/slack-access.ts";
import type { SocketMode } from "../connect/socket-mode.ts";
import type { Database } from "../db/connect.ts";
import type { Notifications } from "../db/notify.ts";
import type { WebhookAccess } from "../deliver/custom-webhook/webhook-access.ts";
import type { Intake } from "../ingest/intake.ts";
import type { Meter } from "../outbox/meter.ts";
import type { Pace } from "../pace.ts";
import type { Pending } from "./pending.ts";

/** What the doors stand on. */
export interface Deps {
  db: Database;
  config: Config;
  log: FastifyBaseLogger;
  clock: () => Date;
  pace: Pace;
  slack: SlackAccess;
  webhooks: WebhookAccess;
  notifications: Notifications;
  meter: Meter;
  socketMode: SocketMode;
  /** Commits what sources report, many requests together. */
  intake: Intake;
  /** A source has reported something just now. */
  received: (sourceId: string) => void;
  /** Requests of Slack that are worked on after Slack was answered. */
  pending: Pending;
  /** Tells the workers that something may have become due. */
  wake: (about?: "openings") => void;
  /** Why the workers can't do their work now, in words; null when they can. For /readyz. */
  whyNotReady: () => string | null;
}

/** The server, with bodies, queries and parameters typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
