import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { transaction } from "../../../db/transaction.ts";
import { queue } from "../../../messages/queue.ts";
import { type ClaimedLine, type PostJob, staleMs, stormThreshold } from "../../../outbox/claim-line.ts";
import { keepFromDigest } from "../../../outbox/deliveries.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { faultKind } from "../../../slack/client/slack-fault.ts";
import { redirectDelivery } from "../../send-elsewhere.ts";
import { readCardData } from "../card-message.ts";
import { postCard } from "../post-card.ts";
import { postpone } from "../settle-card.ts";

/**
 * Begins a storm in a line: its digest goes out next, and only loud deliveries still get a card by themselves.
 * Deliveries whose card may be in Slack already are marked as `asked`, so that no digest gathers them.
 */
async function beginStorm(
  { db, log }: Deps,
  { key: line, lease, installationId, channelId }: ClaimedLine,
  { job, why }: { job: PostJob; why: string },
): Promise<void> {
  const id = uuidv7();
  await transaction(db, async (tx) => {
    const { rows } = await sql`
      update lines set digest_id = ${id} where key = ${line} and leased_by = ${lease} and digest_id is null
      returning 1`.execute(tx);
    if (rows.length === 0) return;
    await tx.insertInto("digests").values({ id, line }).execute();
    await queue(tx, { id, kind: "digest", installationId, to: { channel: channelId }, subjectId: id });
    const doubtful = sql`d.line = ${line} and (d.state = 'sending' or d.maybe_posted) and d.id <> ${job.id}`;
    await keepFromDigest({ where: doubtful }).execute(tx);
  });
  log({ line, digest: id, why }, "storm began");
}

/** What a line posts next when a card is due. */
type Turn =
  | { kind: "card"; why: "few wait" | "storm is running" | "may be posted already" }
  /** The card, and the digest right after it. */
  | { kind: "card-then-digest"; why: "CRITICAL goes first" }
  | { kind: "digest"; why: "too many wait" | "held too long" };

/**
 * Decides whether a storm begins (docs/behaviour.md#5-deliver): more than `stormThreshold` alerts wait (INFO aside), or
 * this delivery was held by a setup fault for days. In a running storm only deliveries that get their own card
 * come here.
 */
export function decideTurn(
  job: Pick<PostJob, "severity" | "unsureSince" | "createdAt" | "error">,
  line: Pick<ClaimedLine, "waiting" | "digestId">,
  now: Date,
): Turn {
  if (line.digestId !== null) return { kind: "card", why: "storm is running" };
  if (job.unsureSince) return { kind: "card", why: "may be posted already" };
  if (now.getTime() - job.createdAt.getTime() > staleMs && wasHeld(job.error))
    return { kind: "digest", why: "held too long" };
  if (line.waiting <= stormThreshold) return { kind: "card", why: "few wait" };
  if (job.severity === "CRITICAL") return { kind: "card-then-digest", why: "CRITICAL goes first" };
  return { kind: "digest", why: "too many wait" };
}

/** A delivery that failed for any other reason is simply tried again. */
function wasHeld(error: string | null): boolean {
  return error === null || ["setup", "refused"].includes(faultKind(error));
}

/** Posts a card, or leaves the turn to the digest if a storm begins. */
export async function takeTurn(deps: Deps, line: ClaimedLine, job: PostJob): Promise<void> {
  const { kind, why } = decideTurn(job, line, deps.clock());
  switch (kind) {
    case "card":
      return postCard(deps, line, job);
    case "card-then-digest":
      return postCard(deps, line, job, { first: beginStorm(deps, line, { job, why }) });
    case "digest":
      if (await wasRedirected(deps, line, job)) return;
      await beginStorm(deps, line, { job, why });
      return postpone(deps, line, { job, seconds: 0 });
    default:
      return kind satisfies never;
  }
}

/** A delivery that is redirected begins no storm in this line. */
async function wasRedirected(deps: Deps, line: ClaimedLine, job: PostJob): Promise<boolean> {
  const { id: deliveryId, alertId, destinationId } = job;
  const { destination } = await readCardData(deps.db, { alertId, destinationId, line: line.key });
  return redirectDelivery(deps, line, { job: { deliveryId, alertId, destinationId }, destination });
}
