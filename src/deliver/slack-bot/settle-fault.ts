import { sql } from "kysely";
import { systemActor } from "../../alert/actor.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";
import type { ClaimedLine, PostJob } from "../../outbox/claim-line.ts";
import { releaseLine } from "../../outbox/lines.ts";
import type { SlackFault } from "../../slack/client/slack-fault.ts";
import type { Deps } from "../../outbox/deps.ts";
import { keepAttempt } from "../ledger/keep-attempt.ts";
import { lineEnd } from "../line-end.ts";
import { type NextAttempt, nextAttempt } from "../../outbox/next-attempt.ts";
import { hearingSeconds } from "./lost/hearing-seconds.ts";

/** Writes down what came of an attempt that failed, and when the next one is due. */
export async function settleFault(
  deps: Deps,
  line: ClaimedLine,
  { job, fault }: { job: PostJob; fault: SlackFault },
): Promise<void> {
  const failed = {
    fault,
    attempts: job.attempts,
    faultsInARow: line.faultsInARow,
    waitingSince: job.waitingSince,
    shape: job.shape,
  };
  const next = nextAttempt(failed, deps.clock(), deps.jitter());
  await transaction(deps.db, async (tx) => {
    await keepAttempt(tx, {
      deliveryId: job.deliveryId,
      outcome: next.kind,
      error: fault.code,
      channelId: line.channelId,
    });
    await setAside(tx, line, { job, fault, next });
    if (next.kind === "give-up") await tellGivenUp(tx, job, fault);
    await releaseLine(tx, { key: line.key, me: deps.me, end: lineEnd(next) });
  });
  deps.meter.attempted(next.kind);
  deps.log(
    { delivery: job.deliveryId, line: line.key, error: fault.code, next: next.kind },
    "card not posted",
  );
}

async function setAside(
  tx: Transaction,
  line: ClaimedLine,
  { job, fault, next }: { job: PostJob; fault: SlackFault; next: NextAttempt },
): Promise<void> {
  const wait = next.kind === "retry" ? next.deliverySeconds : 0;
  const seconds = Math.max(wait, fault.answerLost ? hearingSeconds(line.scopes) : 0);
  await sql`
    update deliveries set state = ${next.kind === "give-up" ? "failed" : "waiting"}::delivery_state,
      error = ${fault.code},
      run_at = case when seen_ts is null then now() + make_interval(secs => ${seconds}) else now() end,
      shape = ${next.kind === "simplify" ? next.shape : job.shape},
      maybe_posted = maybe_posted or ${fault.answerLost}
    where id = ${job.deliveryId} and state = 'sending'`.execute(tx);
}

async function tellGivenUp(tx: Transaction, job: PostJob, fault: SlackFault): Promise<void> {
  const { display_name: name } = await tx
    .selectFrom("destinations")
    .select("display_name")
    .where("id", "=", job.destinationId)
    .executeTakeFirstOrThrow();
  const data = { destination: { id: job.destinationId, name }, why: `Slack kept answering ${fault.code}` };
  await record(tx, {
    alertId: job.alertId,
    event: { kind: "not_delivered", data },
    actor: systemActor,
    via: "system",
  });
}
