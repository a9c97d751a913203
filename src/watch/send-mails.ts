import { type Kysely, sql } from "kysely";
import type { Tables } from "../db/tables/tables.ts";
import { transaction } from "../db/transaction.ts";
import type { Mailer } from "./mail/open-mailer.ts";
import { endMails } from "./mail/queue-mails.ts";
import { type FaultMail, renderMail } from "./mail/render-mail.ts";

export interface SendDeps {
  kysely: Kysely<Tables>;
  mailer: Mailer;
  publicUrl: string;
  log: (facts: Record<string, unknown>, what: string) => void;
}

interface DueMail extends FaultMail {
  id: string;
  faultId: string;
  address: string;
  attempts: number;
}

const leaseSeconds = 120;
const longestSeconds = 15 * 60;
/** About three days, as with deliveries. */
const mostAttempts = 300;

/** Sends the mails that are due, one after the other. */
export async function sendMails(deps: SendDeps): Promise<void> {
  for (let mail = await claim(deps); mail; mail = await claim(deps)) await send(deps, mail);
}

/** Takes one, so that no other node sends it too; if this one dies, it is due again after a while. */
async function claim({ kysely }: SendDeps): Promise<DueMail | undefined> {
  const { rows } = await sql<DueMail>`
    with due as (
      select id from fault_mails where due_at <= now() order by due_at limit 1 for update skip locked
    )
    update fault_mails m set due_at = now() + make_interval(secs => ${leaseSeconds}), attempts = m.attempts + 1
    from due, setup_faults f where m.id = due.id and f.id = m.fault_id
    returning m.id, f.id as "faultId", m.about, m.address, m.attempts, f.cause, f.fault, f.name, f.remedy, f.since`.execute(
    kysely,
  );
  return rows[0];
}

async function send(deps: SendDeps, mail: DueMail): Promise<void> {
  const { id, address: to } = mail;
  try {
    await deps.mailer({ id, to, ...renderMail(mail, deps.publicUrl) });
  } catch (fault) {
    return tryLater(deps, mail, codeOf(fault));
  }
  await noteSent(deps, mail);
  deps.log({ mail: id, about: mail.about }, "mail sent");
}

/** If the fault ended while it was on its way, whoever got it hears that too. */
async function noteSent(deps: SendDeps, { id, faultId, about }: DueMail): Promise<void> {
  await transaction(deps, async (tx) => {
    await sql`update fault_mails set due_at = null, sent_at = now(), error = null where id = ${id}`.execute(
      tx,
    );
    const fault = await tx
      .selectFrom("setup_faults")
      .select("ended_at")
      .where("id", "=", faultId)
      .forShare()
      .executeTakeFirst();
    if (about === "broken" && fault?.ended_at) await endMails(tx, faultId);
  });
}

async function tryLater(deps: SendDeps, { id, attempts }: DueMail, code: string): Promise<void> {
  const seconds = attempts < mostAttempts ? Math.min(longestSeconds, 5 * 2 ** Math.min(attempts, 10)) : null;
  await sql`
    update fault_mails set error = ${code}, due_at = now() + make_interval(secs => ${seconds}::float8)
    where id = ${id} and due_at is not null`.execute(deps.kysely);
  deps.log({ mail: id, error: code, attempts }, "mail not sent");
}

/** The library's word, as EAUTH; never its text, which may quote what the server was sent. */
function codeOf(fault: unknown): string {
  return fault instanceof Error && "code" in fault && typeof fault.code === "string" ? fault.code : "unknown";
}
