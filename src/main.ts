import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { App } from "./api/deps.ts";
import { boomerangs } from "./boomerang/question-message.ts";
import type { Config } from "./config.ts";
import { openSlackAccess } from "./connect/slack-access.ts";
import { openSocketMode } from "./connect/socket-mode.ts";
import { type Database, openDatabase } from "./db/connect.ts";
import { migrate } from "./db/migrate.ts";
import { listen, openRinger } from "./db/notify.ts";
import { customWebhook } from "./deliver/custom-webhook/custom-webhook.ts";
import { openWebhookAccess } from "./deliver/custom-webhook/webhook-access.ts";
import type { Resolve } from "./deliver/events/post.ts";
import { slackBot } from "./deliver/slack-bot/slack-bot.ts";
import { buildServer } from "./http/server.ts";
import { openIntake } from "./ingest/intake.ts";
import { receiptBook } from "./ingest/receipt-book.ts";
import { openMeter } from "./outbox/meter.ts";
import { startWorker } from "./outbox/worker.ts";
import { firstStartLink } from "./people/make-link.ts";
import { seedRoles } from "./people/roles.ts";
import { loadKey } from "./secrets/load-key.ts";
import { openVault } from "./secrets/vault.ts";
import { startWatch, type Watch, type WatchDeps } from "./watch/start-watch.ts";

/** A running Tocsin. */
export interface Tocsin {
  port: number;
  db: Database;
  /** Where the first admin makes themselves; null once there is a user. For the terminal only. */
  firstStartUrl: string | null;
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
  /** How names become addresses for webhooks; the system's way unless given. */
  resolve?: Resolve;
}

/** Opens the database, brings its schema up to date, starts the workers and opens the doors. */
export async function startTocsin(
  config: Config,
  { log, host, db: open, extend, resolve }: StartOptions,
): Promise<Tocsin> {
  const db = open ?? (await openDatabase(config, { log: (line) => log.info(line) }));
  await migrate(db.kysely);
  await seedRoles(db.kysely);
  const vault = openVault(await loadKey(db, config));
  const clock = () => new Date();
  const slack = openSlackAccess({ db, vault, apiUrl: config.slackApiUrl });
  const webhooks = openWebhookAccess({ db, vault, clock, resolve, allowed: config.webhookAllowPrivate });
  const bell = await listen(db, (line) => log.warn(line));
  const meter = openMeter();
  const worker = startWorker(
    {
      db,
      meter,
      me: randomUUID(),
      clientFor: slack.clientFor,
      webhooks,
      publicUrl: config.publicUrl,
      clock,
      jitter: Math.random,
      log: (facts, what) => log.info(facts, what),
    },
    [slackBot, customWebhook, boomerangs],
  );
  bell.on(() => worker.wake());
  const watch = watchSetUp({ db, slack, bell, config, wakeWorkers: worker.wake }, log);
  const ringer = openRinger(db, (fault) => log.warn({ err: fault }, "live readers were not told"));
  const intake = openIntake(db, ringer.note);
  const receipts = receiptBook(db, { clock, log });
  const app = await buildServer({
    db,
    config,
    log,
    clock,
    slack,
    webhooks,
    bell,
    meter,
    socketMode: openSocketMode({
      slack,
      bell,
      clock,
      jitter: Math.random,
      log: (facts, what) => log.info(facts, what),
    }),
    intake,
    received: receipts.note,
    wake: worker.wake,
    whyNotReady: worker.trouble,
  });
  extend?.(app);
  const address = new URL(await app.listen({ port: config.port, host }));
  return {
    port: Number(address.port),
    db,
    firstStartUrl: await firstStartLink(db, config.publicUrl, clock()),
    async close() {
      await app.close();
      await watch.stop();
      await worker.stop();
      await receipts.close();
      await ringer.close();
      await bell.close();
      await db.close();
    },
  };
}

function watchSetUp(parts: Omit<WatchDeps, "log">, log: Logger): Watch {
  const write: WatchDeps["log"] = (facts, what) =>
    "err" in facts ? log.error(facts, what) : log.info(facts, what);
  return startWatch({ ...parts, log: write });
}
