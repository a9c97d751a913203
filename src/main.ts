import type { Logger } from "pino";
import type { App, Deps } from "./api/deps.ts";
import { openPending } from "./api/pending.ts";
import { refuseRestored, whenRestored } from "./backup/restored.ts";
import { automaticQuestions } from "./boomerang/automatic/ask-by-itself.ts";
import { boomerangJobs } from "./boomerang/pass-time.ts";
import { confirmingOf } from "./boomerang/second-factor/ways.ts";
import type { Config } from "./config.ts";
import { openSlackAccess } from "./connect/slack-access.ts";
import { openSocketMode } from "./connect/socket-mode.ts";
import { type Database, openDatabase, waitAtMost } from "./db/connect.ts";
import { migrate } from "./db/migrate.ts";
import { openNotifications } from "./db/notifications.ts";
import { openNotifier } from "./db/notify.ts";
import { destinationTypes } from "./deliver/destination-types.ts";
import { assignmentMails } from "./deliver/email/assignment-mail.ts";
import { escalation } from "./deliver/escalate.ts";
import type { Resolve } from "./deliver/events/addresses/usable-addresses.ts";
import { openOutgoing } from "./deliver/events/outgoing.ts";
import { sealAddresses } from "./deliver/events/seal-addresses.ts";
import { openedCardJob } from "./deliver/slack-bot/opened-card.ts";
import { buildServer } from "./http/server.ts";
import { openExpressionPool } from "./ingest/expressions/expression-pool.ts";
import { openIntake } from "./ingest/intake.ts";
import { openReceiptBook } from "./ingest/kept-bodies/receipt-book.ts";
import type { Deps as WorkerDeps } from "./outbox/deps.ts";
import { openMeter } from "./outbox/meter.ts";
import { startWorker } from "./outbox/worker.ts";
import { type Pace, usualPace } from "./pace.ts";
import { openRefusals } from "./people/audit-log/refusals.ts";
import { firstStartLink } from "./people/make-link.ts";
import { seedRoles } from "./people/roles.ts";
import { openReach } from "./reach/reach.ts";
import { automaticFollowing } from "./route/follow-answer.ts";
import { loadKey } from "./secrets/load-key.ts";
import { openVault } from "./secrets/vault.ts";
import { startWatch } from "./watch/start-watch.ts";

/** A running Tocsin. */
export interface Tocsin {
  port: number;
  db: Database;
  /** Resolves if Tocsin can't go on: the embedded database has ended, or a backup was restored into this one. */
  died: Promise<Error>;
  /**
   * The link that creates the first admin; null once there is a user. A secret: print it only in the
   * terminal.
   */
  firstStartUrl: string | null;
  /** Resolves when the outcome of all running work is in the database. */
  settled(): Promise<void>;
  /** Resolves when no work is running or due on this node, for tests that assert absence. */
  idle(): Promise<void>;
  /** Makes the workers look for due jobs, for example after a test has moved the clock. */
  wake(): void;
  /**
   * Takes no more work, finishes what is running, and closes the database; takes 9 seconds at most. What is still
   * running then is left to the other nodes, or to the next start.
   */
  close(): Promise<void>;
}

export interface StartOptions {
  log: Logger;
  /** The address to listen on. */
  host: string;
  /** An open database, used instead of the configured one. */
  db?: Database;
  /** Adds routes, for example the page of the demo. */
  extend?: (app: App) => void;
  /** The current time; the machine's clock by default. */
  clock?: () => Date;
  pace?: Pace;
  /** Resolves host names of destinations; the system's resolver by default. */
  resolve?: Resolve;
  /** Servers of tests in place of those that destinations reach: origins by host. */
  doubles?: Record<string, string>;
}

/** Opens and migrates the database, and starts workers and HTTP server. */
export async function startTocsin(config: Config, options: StartOptions): Promise<Tocsin> {
  const { log, clock = () => new Date(), pace = usualPace } = options;
  const db = options.db ?? (await openDatabase(config, { log: (line) => log.info(line) }));
  await migrate(db.kysely);
  await refuseRestored(db.kysely);
  await seedRoles(db.kysely);
  const vault = openVault(await loadKey(db, config));
  await sealAddresses(db, vault);
  const notifications = await openNotifications(db, (line) => log.warn(line));
  const reach = openReach(config.proxies);
  const shared: SharedDeps = {
    ...{ db, config, log, clock, pace, notifications, reach },
    slack: openSlackAccess({ db, vault, apiUrl: config.slackApiUrl, reach }),
    outgoing: openOutgoing({
      ...{ vault, clock, pace, reach, resolve: options.resolve, doubles: options.doubles },
      ...{ allowed: config.webhookAllowPrivate, smtp: config.smtp },
    }),
    meter: openMeter(),
    pending: openPending(),
    refusals: openRefusals(),
  };
  const expressions = openExpressionPool();
  const worker = openWorker(shared);
  const notifier = openNotifier(db, (fault) => log.warn({ err: fault }, "notifications could not be sent"));
  const receipts = openReceiptBook(db, { clock, log });
  const app = await buildServer({
    ...shared,
    socketMode: openSocketMode({ ...shared, jitter: Math.random, log: logInfo(log) }),
    intake: openIntake(db, {
      claiming: () => ({ room: worker.room(), leaseSeconds: pace.lineLease }),
      onCommit({ alertIds, cards, waiting }) {
        for (const card of cards) worker.take((deps) => openedCardJob(deps, card));
        if (waiting) worker.wake("openings");
        notifier.add(alertIds);
      },
    }),
    expressions,
    received: receipts.record,
    wake: worker.wake,
    whyNotReady: worker.currentFault,
  });
  options.extend?.(app);
  const address = new URL(await app.listen({ port: config.port, host: options.host }));
  // Last, since its ten first statements, each on a new connection, would make those who ask wait.
  const watch = startWatch({ ...shared, wakeWorkers: worker.wake, log: logOrError(log) });
  return {
    port: Number(address.port),
    db,
    died: Promise.race([db.died, whenRestored(db, notifications)]),
    firstStartUrl: await firstStartLink(db, config.publicUrl, clock()),
    wake: worker.wake,
    async settled() {
      await Promise.all([shared.pending.settled(), worker.settled()]);
    },
    async idle() {
      do {
        await Promise.all([shared.pending.settled(), receipts.flush()]);
        await watch.runAll();
      } while (await worker.idle());
    },
    async close() {
      const work = Promise.all([app.close(), watch.stop(), worker.stop()]);
      await waitAtMost(
        finishMs,
        work.then(() => shared.pending.settled()),
      );
      expressions.close();
      const writers = [receipts.close(), notifier.close(), notifications.close()];
      await waitAtMost(lastWritesMs, Promise.all(writers));
      await db.close();
    },
  };
}

/** A stopped node is killed after 10 seconds by Docker. A call of Slack that hangs takes as long. */
const finishMs = 6000;
const lastWritesMs = 1000;

type SharedDeps = Pick<
  Deps,
  | "db"
  | "config"
  | "clock"
  | "pace"
  | "notifications"
  | "slack"
  | "outgoing"
  | "reach"
  | "meter"
  | "pending"
  | "refusals"
> & { log: Logger };

function openWorker({ config, log, slack, notifications, outgoing, ...shared }: SharedDeps) {
  const mailing = [...destinationTypes.map(({ work }) => work), assignmentMails];
  const typesOfWork = mailing.map((work) => (deps: WorkerDeps) => work(deps, outgoing));
  const asking = (deps: WorkerDeps) => automaticQuestions(deps, confirmingOf(config));
  const worker = startWorker(
    {
      ...shared,
      clientFor: (id, known) => slack.clientFor(id, { known }),
      publicUrl: config.publicUrl,
      jitter: Math.random,
      log: logInfo(log),
    },
    [...typesOfWork, boomerangJobs, asking, automaticFollowing, escalation],
  );
  notifications.subscribe(() => worker.wake());
  return worker;
}

type Log = (fields: Record<string, unknown>, message: string) => void;

const logInfo =
  (log: Logger): Log =>
  (fields, message) =>
    log.info(fields, message);

const logOrError =
  (log: Logger): Log =>
  (fields, message) =>
    "err" in fields ? log.error(fields, message) : log.info(fields, message);
