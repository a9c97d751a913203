import type { Config } from "../config.ts";
import type { Database } from "../db/connect.ts";
import { openLane } from "../db/intake-transaction.ts";
import type { Bell } from "../db/listen.ts";
import type { SlackAccess } from "../connect/slack-access.ts";
import { checkInstallations } from "./check-installations.ts";
import { settleFaults } from "./settle-faults.ts";
import { openMailer } from "./mail/open-mailer.ts";
import { sendMails } from "./send-mails.ts";
import { type Repeated, repeat } from "./repeat.ts";

/** Looks after the set-up until it is stopped. */
export interface Watch {
  stop(): Promise<void>;
}

export interface WatchDeps {
  db: Database;
  slack: SlackAccess;
  /** What is rung for may be about the set-up. */
  bell: Bell;
  config: Pick<Config, "publicUrl" | "smtp">;
  /** Tells the workers that something may go out now. */
  wakeWorkers: () => void;
  log: (facts: Record<string, unknown>, what: string) => void;
}

const lookEveryMs = 1000;

/** Three things that never wait for each other: what is broken now, whether Slack still lets us in, and mail. */
export function startWatch(deps: WatchDeps): Watch {
  const { db, bell, log } = deps;
  const { publicUrl, smtp } = deps.config;
  const { kysely } = db;
  const lane = openLane(db);
  const complain = (what: string) => (fault: unknown) => log({ err: fault }, what);
  const faults = repeat(
    () => settleFaults({ kysely, lane, publicUrl, mails: smtp !== undefined }),
    lookEveryMs,
    complain("what is broken could not be looked at"),
  );
  const checkDue = async () => {
    if (!(await checkInstallations(deps))) return;
    deps.wakeWorkers();
    faults.wake();
  };
  const all: Repeated[] = [
    faults,
    repeat(checkDue, lookEveryMs, complain("an installation could not be checked")),
  ];
  if (smtp) {
    const mailer = openMailer(smtp);
    const send = () => sendMails({ kysely, mailer, publicUrl, log });
    all.push(repeat(send, lookEveryMs, complain("mail could not be sent")));
  }
  const stopHearing = bell.on((ring) => {
    if ("settings" in ring) faults.wake();
  });
  return {
    async stop() {
      stopHearing();
      await Promise.all(all.map((one) => one.stop()));
    },
  };
}
