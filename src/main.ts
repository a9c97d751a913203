import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { App, Deps } from "./api/deps.ts";
import { openPending } from "./api/pending.ts";
import { boomerangJobs } from "./boomerang/question-message.ts";
import type { Config } from "./config.ts";
import { openSlackAccess } from "./connect/slack-access.ts";
import { openSocketMode } from "./connect/socket-mode.ts";
import { type Database, openDatabase } from "./db/connect.ts";
import { migrate } from "./db/migrate.ts";
import { openNotifications, openNotifier } from "./db/notify.ts";
import { customWebhook } from "./deliver/custom-webhook/custom-webhook.ts";
import { openWebhookAccess } from "./deliver/custom-webhook/webhook-access.ts";
import type { Resolve } from "./deliver/events/post.ts";
import { slackBot } from "./deliver/slack-bot/slack-bot.ts";
import { buildServer } from "./http/server.ts";
import { openIntake } from "./ingest/intake.ts";
import { receiptBook } from "./ingest/receipt-book.ts";
import { openMeter } from "./outbox/meter.ts";
import { startWorker } from "./outbox/worker.ts";
import { type Pace, usualPace } from "./pace.ts";
import { firstStartLink } from "./people/make-link.ts";
import { seedRoles } from "./people/roles.ts";
import { loadKey } from "./secrets/load-key.ts";
import { openVault } from "./secrets/vault.ts";
import { startWatch } from "./watch/start-watch.ts";

/** A running Tocsin. */
export interface Tocsin {
  port: number;
  db: Database;
  /** Where the first admin makes themselves; null once there is a user. For the terminal only. */
  firstStartUrl: string | null;
  /** Resolves when the work that is in flight now has been written down. */
  settled(): Promise<void>;
  /** Resolves when nothing is in flight and nothing is due, on this node. For tests that assert absence. */
  idle(): Promise<void>;
  /** Tells the workers that something may have become due, as when a test has moved the clock. */
  wake(): void;
  /** Takes nothing more, finishes what is in flight, and closes the database. */
  close(): Promise<void>;
}

export interface StartOptions {
  log: Logger;
  /** The address to listen on. */
  host: string;
  /** The database, if it is open already. */
  db?: Database;
  /** Adds doors of one's own, as the demo's page. */
  extend?: (app: App) => void;
  /** What time it is; the machine's unless given. */
  clock?: () => Date;
  pace?: Pace;
  /** How names become addresses for webhooks; the system's way unless given. */
  resolve?: Resolve;
}

/** Opens the database, brings its schema up to date, starts the workers and the HTTP server. */
export async function startTocsin(config: Config, options: StartOptions): Promise<Tocsin> {
  const { log, clock = () => new Date(), pace = usualPace } = options;
  const db = options.db ?? (await openDatabase(config, { log: (line) => log.info(line) }));
  await migrate(db.kysely);
  await seedRoles(db.kysely);
  const vault = openVault(await loadKey(db, config));
  const notifications = await openNotifications(db, (line) => log.warn(line));
  const parts: Parts = {
    ...{ db, config, log, clock, pace, notifications },
    slack: openSlackAccess({ db, vault, apiUrl: config.slackApiUrl }),
    webhooks: openWebhookAccess({
      ...{ db, vault, clock, resolve: options.resolve, allowed: config.webhookAllowPrivate },
    }),
    meter: openMeter(),
    pending: openPending(),
  };
  const worker = openWorker(parts);
  const watch = startWatch({ ...parts, wakeWorkers: worker.wake, log: logOrError(log) });
  const ringer = openNotifier(db, (fault) => log.warn({ err: fault }, "live readers were not told"));
  const receipts = receiptBook(db, { clock, log });
  const app = await buildServer({
    ...parts,
    socketMode: openSocketMode({ ...parts, jitter: Math.random, log: logInfo(log) }),
    intake: openIntake(db, ringer.gather),
    received: receipts.note,
    wake: worker.wake,
    whyNotReady: worker.trouble,
  });
  options.extend?.(app);
  const address = new URL(await app.listen({ port: config.port, host: options.host }));
  return {
    port: Number(address.port),
    db,
    firstStartUrl: await firstStartLink(db, config.publicUrl, clock()),
    wake: worker.wake,
    async settled() {
      await Promise.all([parts.pending.settled(), worker.settled()]);
    },
    async idle() {
      do {
        await parts.pending.settled();
        await watch.runAll();
      } while (await worker.idle());
    },
    async close() {
      await app.close();
      await parts.pending.settled();
      await watch.stop();
      await worker.stop();
      await receipts.close();
      await ringer.close();
      await notifications.close();
      await db.close();
    },
  };
}

type Parts = Pick<
  Deps,
  "db" | "config" | "clock" | "pace" | "notifications" | "slack" | "webhooks" | "meter" | "pending"
> & { log: Logger };

function openWorker({ config, log, slack, notifications, ...parts }: Parts) {
  const worker = startWorker(
    {
      ...parts,
      me: randomUUID(),
      clientFor: slack.clientFor,
      publicUrl: config.publicUrl,
      jitter: Math.random,
      log: logInfo(log),
    },
    [slackBot, customWebhook, boomerangJobs],
  );
  notifications.subscribe(() => worker.wake());
  return worker;
}

type Log = (facts: Record<string, unknown>, what: string) => void;

const logInfo =
  (log: Logger): Log =>
  (facts, what) =>
    log.info(facts, what);

const logOrError =
  (log: Logger): Log =>
  (facts, what) =>
    "err" in facts ? log.error(facts, what) : log.info(facts, what);
