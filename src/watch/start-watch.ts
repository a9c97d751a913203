import { type Kysely, sql } from "kysely";
import type { Config } from "../config.ts";
import { checkInstallation } from "../connect/installations/check-installation.ts";
import type { SlackAccess } from "../connect/slack-access.ts";
import type { Database } from "../db/connect.ts";
import { openIntakeConnection } from "../db/intake-transaction.ts";
import type { Notifications } from "../db/notify.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Pace } from "../pace.ts";
import { appFaults, SlackFault } from "../slack/client/slack-fault.ts";
import { openMailer, sendMails } from "./send-mails.ts";
import { settleFaults } from "./settle-faults.ts";

/** Looks after the set-up until it is stopped. */
export interface Watch {
  /** Looks at everything once more, and resolves when that is done. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface WatchDeps {
  db: Database;
  slack: SlackAccess;
  /** What is rung for may be about the set-up. */
  notifications: Notifications;
  config: Pick<Config, "publicUrl" | "smtp">;
  pace: Pace;
  /** Tells the workers that something may go out now. */
  wakeWorkers: () => void;
  log: (facts: Record<string, unknown>, what: string) => void;
}

/** Three things that never wait for each other: what is broken now, whether Slack still lets us in, and mail. */
export function startWatch(deps: WatchDeps): Watch {
  const { db, notifications, log, pace } = deps;
  const { publicUrl, smtp } = deps.config;
  const { kysely } = db;
  const lane = openIntakeConnection(db);
  const complain = (what: string) => (fault: unknown) => log({ err: fault }, what);
  const faults = repeat(
    () => settleFaults({ kysely, lane, publicUrl, mails: smtp !== undefined }),
    pace.watch * 1000,
    complain("what is broken could not be looked at"),
  );
  const checkDue = async () => {
    if (!(await checkInstallations(deps))) return;
    deps.wakeWorkers();
    faults.wake();
  };
  const all: Repeated[] = [
    faults,
    repeat(checkDue, pace.watch * 1000, complain("an installation could not be checked")),
  ];
  if (smtp) {
    const mailer = openMailer(smtp);
    const send = () => sendMails({ kysely, mailer, publicUrl, log });
    all.push(repeat(send, pace.watch * 1000, complain("mail could not be sent")));
  }
  const stopHearing = notifications.subscribe((ring) => {
    if ("settings" in ring) faults.wake();
  });
  return {
    async look() {
      await Promise.all(all.map((one) => one.again()));
    },
    async stop() {
      stopHearing();
      await Promise.all(all.map((one) => one.stop()));
    },
  };
}

type CheckDeps = Pick<WatchDeps, "db" | "slack" | "pace" | "log">;

/** Asks Slack, once a minute for each installation and all nodes together, whether it still works. */
async function checkInstallations({ db, slack, pace, log }: CheckDeps): Promise<boolean> {
  const id = await claimCheck(db.kysely, pace);
  if (!id) return false;
  try {
    await checkInstallation({ db, slack }, id);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    log({ installation: id, error: fault.code }, "installation not checked");
  }
  return true;
}

/** After a delivery has met a fault of the app, its check is due sooner. */
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

/** Work that is done again and again, never twice at a time. */
interface Repeated {
  /** Do it at once; if it is being done, once more after that. */
  wake(): void;
  /** The same, and resolves when it is done. */
  again(): Promise<void>;
  stop(): Promise<void>;
}

function repeat(work: () => Promise<unknown>, everyMs: number, failed: (fault: unknown) => void): Repeated {
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
  wake();
  return {
    wake,
    async again() {
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
