import { type Kysely, sql } from "kysely";
import { createTransport } from "nodemailer";
import type { FaultCause } from "../alert/destination.ts";
import type { Permission } from "../alert/permission.ts";
import type { Smtp } from "../config.ts";
import type { Tables } from "../db/tables/tables.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { oneLine } from "../slack/text/text.ts";
import { faultTitle } from "./compare-faults.ts";

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
    await deps.mailer({ id, to, ...composeMail(mail, deps.publicUrl) });
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

/** Sends one mail; throws the library's error, whose `code` says what went wrong. */
type Mailer = (mail: Mail) => Promise<void>;

interface Mail {
  /** The same at each try, by which mailboxes know a repeat. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

const patienceMs = 20_000;

/** Speaks to the SMTP server of the settings. Nothing in a mail may make it read files or addresses. */
export function openMailer({ url, from }: Smtp): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, to, subject, text }) => {
    const messageId = `<${id}@${from.split("@")[1]}>`;
    const headers = { "Auto-Submitted": "auto-generated" };
    await transport.sendMail({
      from: { name: "Tocsin", address: from },
      to,
      subject,
      text,
      messageId,
      headers,
    });
  };
}

/** Who can put it right. */
const managers: Permission = "Manage Destinations";

/** Queues a mail about a fault to each who can put it right, as they are at this moment. */
export async function queueMails(tx: Transaction, faultId: string): Promise<void> {
  await sql`
    insert into fault_mails (id, fault_id, about, address)
    select gen_random_uuid(), ${faultId}, 'broken', u.email
    from users u join roles r on r.id = u.role_id
    where u.enabled and r.permissions @> array[${managers}]::text[]
    on conflict do nothing`.execute(tx);
}

/** The fault is over: who was told of it hears so; what nobody was told yet needn't be told any more. */
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

/** What a mail is about. Alerts' texts are never part of it: mail is read by others on its way. */
interface FaultMail {
  about: "broken" | "over";
  cause: FaultCause;
  fault: string;
  name: string;
  remedy: string;
  since: Date;
}

/** A mail in plain text: what broke, what to do and where; or that it is over. */
export function composeMail(mail: FaultMail, publicUrl: string): { subject: string; text: string } {
  const { about, cause, since } = mail;
  // Names come from Slack, or from whoever made a webhook: none may begin a line, or a header, of its own.
  const name = oneLine(mail.name, 200);
  const remedy = oneLine(mail.remedy, 1000);
  const page = `${publicUrl}/configure/${cause.startsWith("app:") ? "slack-app" : "destinations"}`;
  const at = `${since.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  if (about === "over") {
    const text = `What was wrong with ${name} since ${at} is over. What waited goes out by itself.\n\n${page}\n`;
    return { subject: `Tocsin: ${name} is in order again`, text };
  }
  const title = faultTitle({ ...mail, name });
  const held = "Alerts for it are held, none is lost, and they go out by themselves once it works again.";
  const paragraphs = [`${title}, since ${at}.`, remedy, held, page];
  return { subject: `Tocsin: ${title}`, text: `${paragraphs.join("\n\n")}\n` };
}
