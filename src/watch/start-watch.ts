import { type Kysely, sql } from "kysely";
import type { Config } from "../config.ts";
import { matchDueUsers } from "../connect/identity/match-users.ts";
import { checkInstallation } from "../connect/installations/check-installation.ts";
import type { SlackAccess } from "../connect/slack-access.ts";
import type { Database } from "../db/connect.ts";
import { openIntakeConnection } from "../db/intake-transaction.ts";
import type { Notifications } from "../db/notifications.ts";
import type { Tables } from "../db/tables/tables.ts";
import { streamKinds } from "../deliver/audit-stream/contract.ts";
import { sendAuditEntries } from "../deliver/audit-stream/send-entries.ts";
import type { Outgoing } from "../deliver/events/outgoing.ts";
import type { Pace } from "../pace.ts";
import { chainEntries } from "../people/audit-log/chain.ts";
import { sumUpRefusedSignIns } from "../people/refused-sign-ins.ts";
import { runRetention } from "../retention/run-retention.ts";
import { appFaults, SlackFault } from "../slack/client/slack-fault.ts";
import { sendMails } from "./send-mails.ts";
import { settleFaults } from "./settle-faults.ts";
import { settleSources } from "./sources/settle-sources.ts";

/** Watches the setup until it is stopped. */
export interface Watch {
  /** Runs all checks now and resolves when they are done. */
  runAll(): Promise<void>;
  stop(): Promise<void>;
}

const sumUpMs = 60_000;
const settleSourcesMs = 60_000;

export interface WatchDeps {
  db: Database;
  slack: SlackAccess;
  outgoing: Outgoing;
  /** Changes of settings trigger a check. */
  notifications: Notifications;
  config: Pick<Config, "publicUrl" | "smtp">;
  clock: () => Date;
  pace: Pace;
  /** Wakes the workers, since lines may have been opened. */
  wakeWorkers: () => void;
  log: (facts: Record<string, unknown>, what: string) => void;
}

/**
 * Starts independent loops: settling faults of the setup and of sources, checking installations with Slack, summing up
 * refused sign-ins, looking up users in Slack, chaining the audit log and sending it on, retention, and sending mails.
 */
export function startWatch(deps: WatchDeps): Watch {
  const { db, notifications, log, pace } = deps;
  const { publicUrl, smtp } = deps.config;
  const { kysely } = db;
  const intake = openIntakeConnection(db);
  const logFailure = (what: string) => (fault: unknown) => log({ err: fault }, what);
  const faults = repeat(
    () => settleFaults({ kysely, intake: intake, publicUrl, mails: smtp !== undefined }),
    pace.watch * 1000,
    logFailure("settling setup faults failed"),
  );
  const checkDueInstallation = async () => {
    if (!(await checkInstallations(deps))) return;
    deps.wakeWorkers();
    faults.wake();
  };
  const stopping = new AbortController();
  const retain = () => runRetention(db, stopping);
  const all: Loop[] = [
    faults,
    repeat(retain, pace.watch * 1000, logFailure("deleting old data failed, and is tried again in a minute")),
    repeat(
      () => settleSources({ kysely, intake: openIntakeConnection(db), publicUrl, clock: deps.clock }),
      settleSourcesMs,
      logFailure("settling the faults of sources failed"),
    ),
    repeat(() => chainEntries(db), pace.watch * 1000, logFailure("chaining the audit log failed")),
    repeat(checkDueInstallation, pace.watch * 1000, logFailure("checking an installation failed")),
    repeat(
      () => matchDueUsers({ db, slack: deps.slack, pace, clock: deps.clock, log }),
      pace.watch * 1000,
      logFailure("looking up users in Slack failed"),
    ),
    repeat(
      () => sumUpRefusedSignIns(db, deps.clock()),
      sumUpMs,
      logFailure("summing up refused sign-ins failed"),
    ),
  ];
  for (const kind of streamKinds)
    all.push(
      repeat(
        () => sendAuditEntries({ db, outgoing: deps.outgoing, publicUrl, pace, log }, kind),
        pace.watch * 1000,
        logFailure("sending the audit log failed"),
      ),
    );
  const mailer = deps.outgoing.mail;
  if (mailer) {
    const send = () => sendMails({ kysely, mailer, publicUrl, log });
    all.push(repeat(send, pace.watch * 1000, logFailure("sending mails failed")));
  }
  const unsubscribe = notifications.subscribe((notification) => {
    if ("settings" in notification) faults.wake();
  });
  runInTurn(all);
  return {
    async runAll() {
      await Promise.all(all.map((one) => one.runNow()));
    },
    async stop() {
      unsubscribe();
      stopping.abort();
      await Promise.all(all.map((one) => one.stop()));
    },
  };
}

type CheckDeps = Pick<WatchDeps, "db" | "slack" | "pace" | "log">;

/** Checks one due installation with Slack. Each is due once a minute, for all nodes together. */
async function checkInstallations({ db, slack, pace, log }: CheckDeps): Promise<boolean> {
  const id = await claimCheck(db.kysely, pace);
  if (!id) return false;
  try {
    await checkInstallation({ db, slack }, id);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    log({ installation: id, error: fault.code }, "an installation could not be checked");
  }
  return true;
}

/** Claims a due check. After a delivery has met a fault of the app, its check is due sooner. */
async function claimCheck(db: Kysely<Tables>, { appCheck, minAppCheck }: Pace): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update installations set check_at = now() + make_interval(secs => ${appCheck})
    where id = (
      select id from installations i where check_at <= now()
        or (check_at <= now() + make_interval(secs => ${appCheck - minAppCheck}) and i.fault is null
          and exists (select from lines l where l.installation_id = i.id and l.fault = any(${appFaults})
            and l.fault_since > i.checked_at))
      order by check_at limit 1 for update skip locked)
    returning id`.execute(db);
  return rows[0]?.id;
}

/** A loop whose runs never overlap. */
interface Loop {
  /** Runs now, or once more after the current run. */
  wake(): void;
  /** Like `wake`; resolves when the run is done. */
  runNow(): Promise<void>;
  stop(): Promise<void>;
}

/** The first runs come one after the other: at once, each would open a connection, and those who ask would wait. */
async function runInTurn(loops: readonly Loop[]): Promise<void> {
  for (const loop of loops) await loop.runNow();
}

function repeat(work: () => Promise<unknown>, everyMs: number, failed: (fault: unknown) => void): Loop {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await work().catch(failed);
    } while (again && !stopped);
  }

  function wake(): void {
    again = true;
    if (running || stopped) return;
    running = run().finally(() => {
      running = null;
    });
  }

  const timer = setInterval(wake, everyMs);
  return {
    wake,
    async runNow() {
      wake();
      await running;
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
