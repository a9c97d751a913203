import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { ClaimedLine, DigestJob, PostJob } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";

/**
 * Puts a line into a storm: from now on only loud deliveries get a card by themselves, and its digest is due.
 * With `instead` the digest takes the turn of that delivery, which goes back. Cards that may stand already are
 * looked for before anything else is done with them.
 */
export async function beginStorm(
  { db, me, clock, log }: Deps,
  line: ClaimedLine,
  { job, instead, why }: { job: PostJob; instead: "digest" | "nothing"; why: string },
): Promise<DigestJob> {
  const id = uuidv7();
  const now = instead === "digest";
  await sql`
    with ours as (
      select key from lines where key = ${line.key} and leased_by = ${me} and digest_id is null for update
    ), digest as (
      insert into digests (id, line, sending, attempts, last_attempt_at)
      select ${id}, key, ${now}, ${now ? 1 : 0}, case when ${now} then now() end from ours
    ), storm as (
      update lines l set digest_id = ${id}, digest_due_at = now() from ours where l.key = ours.key
    ), doubts as (
      update deliveries d set asked = true from ours
      where d.line = ours.key and d.state in ('waiting', 'sending') and (d.state = 'sending' or d.maybe_posted)
        and d.id <> ${job.deliveryId}
    )
    update deliveries d set state = 'waiting', attempts = attempts - 1,
      last_attempt_at = case when attempts > 1 then last_attempt_at end
    from ours where ${now} and d.id = ${job.deliveryId} and d.state = 'sending'`.execute(db.kysely);
  log({ line: line.key, digest: id, why }, "a storm begins");
  return {
    kind: "digest",
    digestId: id,
    attempts: 1,
    unsureSince: null,
    seenTs: null,
    shape: 0,
    waitingSince: clock(),
  };
}
