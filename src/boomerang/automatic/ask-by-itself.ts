import { sql } from "kysely";
import type { Severity, Status } from "../../alert/alert.ts";
import { type AutomaticBoomerang, automaticActor } from "../../alert/automatic-boomerang.ts";
import { durationHours } from "../../alert/boomerang.ts";
import { installationById } from "../../connect/installations/installations.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { append } from "../../history/append.ts";
import { findAlert } from "../../history/find-alerts.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { Job, JobSource } from "../../outbox/worker.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { type BoomerangOrigin, createBoomerang, createUnreached, findOrigin } from "../ask.ts";
import { fillQuestion } from "../fill-question.ts";
import type { LookupResult } from "../recipients.ts";
import type { Confirming } from "../second-factor/ways.ts";
import { type AskingDecision, decideAsking } from "./decide-asking.ts";
import { claimQuestion, type DueQuestion } from "./due-questions.ts";
import { findAutomaticRecipient } from "./find-recipient.ts";
import { isTimezone, quietUntil, readQuietHours } from "./quiet-hours.ts";

const by = { actor: automaticActor, via: "system" } as const;

/** Asks what detections ask by themselves, with any number of nodes once. */
export function automaticQuestions(deps: Deps, confirming: Confirming): JobSource[] {
  return [
    {
      maxConcurrent: 2,
      async claim(): Promise<Job | null> {
        const due = await claimQuestion(deps.db.kysely);
        return due && { run: () => settle({ ...deps, confirming }, due), line: null, restMs: 0 };
      },
    },
  ];
}

/** What is looked up before the transaction, since Slack may be slow. */
interface Prepared {
  setting: AutomaticBoomerang | null;
  origin: BoomerangOrigin | null;
  to: LookupResult | null;
}

type Asking = Deps & { confirming: Confirming };

async function settle(deps: Asking, due: DueQuestion): Promise<void> {
  const prepared = await prepare(deps, due);
  if (!prepared) return;
  await transaction(deps.db, async (tx) => {
    await sql`select from alerts where id = ${due.alertId} for update`.execute(tx);
    const { rows } = await sql<{ waits: boolean }>`
      select waits from automatic_questions where alert_id = ${due.alertId} for update`.execute(tx);
    const [row] = rows;
    if (!row) return;
    await act(tx, { ...due, ...prepared, ...row, now: deps.clock() });
  });
}

/** Null if Slack can't be reached yet: the question stays due. */
async function prepare(deps: Asking, due: DueQuestion): Promise<Prepared | null> {
  const db = deps.db.kysely;
  const { alertId } = due;
  const setting = await readSetting(db, due);
  const alert = await findAlert(db, alertId);
  const origin = await findOrigin(db, { alertId, card: null });
  const installation = origin && (await installationById(db, origin.installationId));
  if (!setting || !alert || !installation) return { setting, origin, to: null };
  try {
    const client = await deps.clientFor(installation.id);
    const { confirming } = deps;
    const { context } = alert;
    const to = await findAutomaticRecipient(
      { client, installation, db, confirming },
      { ...setting, context },
    );
    return { setting, origin, to };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const waitedMs = deps.clock().getTime() - due.createdAt.getTime();
    if (waitedMs < durationHours[setting.openFor] * 3600_000) {
      deps.log({ alert: alertId, fault: fault.code }, "an automatic question waits for Slack");
      return null;
    }
    const name = "The person to ask";
    return { setting, origin, to: { reached: false, name, why: "Slack could not be reached in time" } };
  }
}

async function readSetting(
  db: Deps["db"]["kysely"],
  { sourceId, detectionId }: DueQuestion,
): Promise<AutomaticBoomerang | null> {
  const found = await db
    .selectFrom("detections")
    .select("automatic_boomerang")
    .where("source_id", "=", sourceId)
    .where("detection_id", "=", detectionId)
    .executeTakeFirst();
  return found?.automatic_boomerang ?? null;
}

type Acting = DueQuestion & Prepared & { waits: boolean; now: Date };

async function act(tx: Transaction, acting: Acting): Promise<void> {
  const { alertId, setting, origin, now } = acting;
  const decision = await decide(tx, acting);
  if (decision.kind === "wait") {
    const { until, to } = decision;
    await sql`update automatic_questions set due_at = ${until}, waits = true where alert_id = ${alertId}`.execute(
      tx,
    );
    const data = { to: to.name, until: until.toISOString(), timezone: timezoneOf(acting) };
    if (!acting.waits) await append(tx, { alertId, event: { kind: "boomerang_waits", data }, ...by });
    return;
  }
  await sql`delete from automatic_questions where alert_id = ${alertId}`.execute(tx);
  if (decision.kind === "drop" || !setting || !origin) {
    const why = decision.kind === "drop" ? decision.why : "Tocsin is not connected to a Slack workspace";
    await append(tx, { alertId, event: { kind: "boomerang_not_asked", data: { why } }, ...by });
    return;
  }
  const alert = await findAlert(tx, alertId);
  if (!alert) return;
  const { whom, question: template, onYes, onNo, ...how } = setting;
  const question = fillQuestion(template, alert, { timezone: origin.timezone, now });
  const asked = { ...origin, ...how, alertId, question, now, automatic: { onYes, onNo } };
  if (decision.kind === "unreachable") {
    const kind = "channel" in whom ? "channel" : "person";
    await createUnreached(tx, { ...asked, ...decision, kind });
  } else {
    const doer = { ...by, ip: null, agent: null, slack: null };
    await createBoomerang(tx, { ...asked, to: [decision.to], by: doer, askedBySlackId: null });
  }
}

interface Row {
  status: Status;
  severity: Severity;
  asked: number;
}

/** Decides with the alert as it is now, and with the other questions to the same recipient counted one after the other. */
async function decide(tx: Transaction, acting: Acting): Promise<AskingDecision> {
  const { alertId, setting, origin, now } = acting;
  const to = setting && !origin ? notConnected : acting.to;
  const recipient = to?.reached ? to.recipient : null;
  const key = recipient?.slackId ?? null;
  if (key) await sql`select pg_advisory_xact_lock(hashtextextended(${`automatic ${key}`}, 0))`.execute(tx);
  const { rows } = await sql<Row>`
    select a.status, a.severity,
      (select count(*)::int from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
        where b.automatic is not null and b.created_at > now() - interval '1 hour' and k.slack_id = ${key}) as asked
    from alerts a where a.id = ${alertId}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error(`the alert ${alertId} of an automatic question is gone`);
  const { asked, ...alert } = row;
  const isPerson = recipient?.kind === "person";
  const quiet = isPerson ? quietUntil(now, await readQuietHours(tx), timezoneOf(acting)) : null;
  return decideAsking({ alert, asks: setting !== null, to, asked, quietUntil: quiet });
}

const notConnected: LookupResult = {
  reached: false,
  name: "The person to ask",
  why: "Tocsin is not connected to a Slack workspace",
};

/** The person's own timezone, else that of the card. */
function timezoneOf({ to, origin }: Prepared): string {
  const own = to?.reached && to.recipient.kind === "person" ? to.recipient.timezone : null;
  return own && isTimezone(own) ? own : (origin?.timezone ?? "UTC");
}
