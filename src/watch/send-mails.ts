import { type Kysely, sql } from "kysely";
import type { FaultCause } from "../alert/destination.ts";
import type { Permission } from "../alert/permission.ts";
import type { Tables } from "../db/tables/tables.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { type Mailer, mailRetrySeconds } from "../deliver/email/mailer.ts";
import { failureCode } from "../reach/failure-code.ts";
import { oneLine } from "../slack/text/text.ts";
import { faultTitle, repairedAt } from "./compare-faults.ts";

interface SendDeps {
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

/** Sends all due mails, one after the other. */
export async function sendMails(deps: SendDeps): Promise<void> {
  for (let mail = await claim(deps); mail; mail = await claim(deps)) await send(deps, mail);
}

/** Claims a due mail. If this node dies, the mail is due again after the lease. */
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
    await deps.mailer({ id, to, ...composeMail(mail, deps.publicUrl) });
  } catch (fault) {
    return retryLater(deps, mail, failureCode(fault, "unknown"));
  }
  await markSent(deps, mail);
  deps.log({ mail: id, about: mail.about }, "mail sent");
}

/** Marks a mail as sent. If the fault ended meanwhile, queues the mail that says so. */
async function markSent(deps: SendDeps, { id, faultId, about }: DueMail): Promise<void> {
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

async function retryLater(deps: SendDeps, { id, attempts }: DueMail, code: string): Promise<void> {
  const seconds = mailRetrySeconds(attempts);
  await sql`
    update fault_mails set error = ${code}, due_at = now() + make_interval(secs => ${seconds}::float8)
    where id = ${id} and due_at is not null`.execute(deps.kysely);
  deps.log({ mail: id, error: code, attempts }, "mail not sent");
}

/** Users with this permission can repair a fault. */
const neededPermission: Permission = "Manage Destinations";

/** Queues a mail about a fault for each enabled user who can repair it. */
export async function queueMails(tx: Transaction, faultId: string): Promise<void> {
  await sql`
    insert into fault_mails (id, fault_id, about, address)
    select gen_random_uuid(), ${faultId}, 'broken', u.email
    from users u join roles r on r.id = u.role_id
    where u.enabled and r.permissions @> array[${neededPermission}]::text[]
    on conflict do nothing`.execute(tx);
}

/** Queues mails about the end for everyone who got the first mail, and drops first mails that were not sent. */
export async function endMails(tx: Transaction, faultId: string): Promise<void> {
  await sql`
    insert into fault_mails (id, fault_id, about, address)
    select gen_random_uuid(), fault_id, 'over', address from fault_mails
    where fault_id = ${faultId} and about = 'broken' and sent_at is not null
    on conflict do nothing`.execute(tx);
  await sql`
    update fault_mails set due_at = null
    where fault_id = ${faultId} and about = 'broken' and sent_at is null`.execute(tx);
}

/** The content of a mail. It never has texts of alerts, since mail is not confidential. */
interface FaultMail {
  about: "broken" | "over";
  cause: FaultCause;
  fault: string;
  name: string;
  remedy: string;
  since: Date;
}

/** Subject and plain text of a mail: what broke and what to do, or that it is over. */
export function composeMail(mail: FaultMail, publicUrl: string): { subject: string; text: string } {
  const { about, cause, since } = mail;
  // Names are external input and must not start a new line or header.
  const name = oneLine(mail.name, 200);
  const remedy = oneLine(mail.remedy, 1000);
  const page = `${publicUrl}/configure/${repairedAt(cause)}`;
  const at = `${since.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  if (about === "over") {
    const goOut = cause.startsWith("audit:") ? "Entries" : "Alerts";
    const text = `The problem with ${name} since ${at} is resolved. ${goOut} that were held go out automatically.\n\n${page}\n`;
    return { subject: `Tocsin: The problem with ${name} is resolved`, text };
  }
  const title = faultTitle({ ...mail, name });
  const held = "Alerts for it are held, and none is lost. They go out automatically once it works again.";
  const paragraphs = [`${title}, since ${at}.`, remedy, ...(cause.startsWith("audit:") ? [] : [held]), page];
  return { subject: `Tocsin: ${title}`, text: `${paragraphs.join("\n\n")}\n` };
}
