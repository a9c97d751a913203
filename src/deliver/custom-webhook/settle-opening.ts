import { sql } from "kysely";
import { systemActor } from "../../alert/actor.ts";
import { transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";
import type { ClaimedWebhook, OpeningJob } from "../../outbox/claim-event.ts";
import { releaseLine } from "../../outbox/lines.ts";
import type { Deps } from "../../outbox/deps.ts";
import { keepAttempt } from "../ledger/keep-attempt.ts";
import type { WebhookAt } from "../events/read-event.ts";

interface Sent {
  job: OpeningJob;
  webhook: WebhookAt["webhook"];
  /** The entry of the history up to which it has been told. */
  toldSeq: number;
}

/** Writes down that a webhook took an alert. What has changed since is due at once. */
export async function settleOpening(
  deps: Deps,
  line: ClaimedWebhook,
  { job, webhook, toldSeq }: Sent,
): Promise<void> {
  const { deliveryId, alertId, destinationId } = job;
  await transaction(deps.db, async (tx) => {
    await sql`select from alerts where id = ${alertId} for update`.execute(tx);
    const settled = await sql`
      update deliveries d set state = 'sent', error = null, last_attempt_at = now(), told_seq = ${toldSeq},
        change_attempts = 0,
        changes_due_at = case when ${webhook.changesSince !== null} and a.history_seq > ${toldSeq} then now() end
      from alerts a where d.id = ${deliveryId} and a.id = d.alert_id and d.state = 'sending'
      returning 1`.execute(tx);
    // Another worker has taken it over, and has settled it.
    if (settled.rows.length === 0) return;
    await keepAttempt(tx, { deliveryId, outcome: "sent", channelId: webhook.host });
    const data = {
      destination: { id: destinationId, name: webhook.name },
      place: webhook.host,
      permalink: null,
    };
    await record(tx, { alertId, event: { kind: "announced", data }, actor: systemActor, via: "system" });
    await releaseLine(tx, { key: line.key, me: deps.me, end: { kind: "unpaced" } });
  });
  deps.log({ delivery: deliveryId, line: line.key, attempts: job.attempts }, "webhook told");
}
