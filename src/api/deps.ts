import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Config } from "../config.ts";
import type { SlackAccess } from "../connect/slack-access.ts";
import type { SocketMode } from "../connect/socket-mode.ts";
import type { Database } from "../db/connect.ts";
import type { Notifications } from "../db/notifications.ts";
import type { Outgoing } from "../deliver/events/outgoing.ts";
import type { ExpressionPool, Intake, Receipt } from "../ingest/ingest-request.ts";
import type { Meter } from "../outbox/meter.ts";
import type { Pace } from "../pace.ts";
import type { Reach } from "../reach/reach.ts";
import type { Pending } from "./pending.ts";
import type { Samples } from "./samples.ts";

/** What the routes depend on. */
export interface Deps {
  db: Database;
  config: Config;
  log: FastifyBaseLogger;
  clock: () => Date;
  pace: Pace;
  slack: SlackAccess;
  outgoing: Outgoing;
  reach: Reach;
  notifications: Notifications;
  meter: Meter;
  socketMode: SocketMode;
  /** Commits reports of many requests together. */
  intake: Intake;
  /** Evaluates the expressions of sources. */
  expressions: ExpressionPool;
  /** Notes what a source has just sent; keeps it if it was not understood as a whole. */
  received: (receipt: Receipt) => Promise<void>;
  /** Refused attempts for the audit log. */
  refusals: Samples;
  /** Requests from Slack that are processed after the response. */
  pending: Pending;
  /** Wakes the workers because something may be due. The intake does so itself. */
  wake: () => void;
  /** Why the workers can't work, for /readyz; null when they can. */
  whyNotReady: () => string | null;
}

/** The server; zod schemas type bodies, queries and parameters. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
