import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Config } from "../config.ts";
import type { Database } from "../db/connect.ts";

/** What the doors stand on. */
export interface Deps {
  db: Database;
  config: Config;
  log: FastifyBaseLogger;
  clock: () => Date;
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
