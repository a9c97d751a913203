import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import {
  type ClaimedLine,
  type DigestJob,
  type PostJob,
  staleMs,
  stormThreshold,
} from "../../../outbox/claim-line.ts";
import { keepFromDigest, unclaimed } from "../../../outbox/deliveries.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { faultKind } from "../../../slack/client/slack-fault.ts";
import { redirectDelivery } from "../../send-elsewhere.ts";
import { readCardData } from "../card-message.ts";
import { postCard } from "../post-card.ts";
import { postDigest } from "./digest-message.ts";

/**
 * Begins a storm in a line: its digest is due, and only loud deliveries still get a card by themselves. With
 * `instead: "digest"` the digest goes out in place of `job`, which waits again. Deliveries whose card may be in
 * Slack already are marked as `asked`, so that no digest gathers them.
 */
async function beginStorm(
  { db, clock, log }: Deps,
  line: ClaimedLine,
  { job, instead, why }: { job: PostJob; instead: "digest" | "nothing"; why: string },
): Promise<DigestJob> {
  const id = uuidv7();
  const postNow = instead === "digest";
  const ours = sql`ours`;
  const doubtful = sql`d.line = ours.key and (d.state = 'sending' or d.maybe_posted) and d.id <> ${job.id}`;
  await sql`
    with ours as (
      select key from lines where key = ${line.key} and leased_by = ${line.lease} and digest_id is null for update
    ), digest as (
      insert into digests (id, line, sending, attempts, last_attempt_at)
      select ${id}, key, ${postNow}, ${postNow ? 1 : 0}, case when ${postNow} then now() end from ours
    ), storm as (
      update lines l set digest_id = ${id}, digest_due_at = now() from ours where l.key = ours.key
    ), doubts as (
      ${keepFromDigest({ from: ours, where: doubtful })}
    )
    ${unclaimed({ from: ours, where: sql`${postNow} and d.id = ${job.id}` }, { seconds: 0 })}`.execute(
    db.kysely,
  );
  log({ line: line.key, digest: id, why }, "storm began");
  return {
    kind: "digest",
    id,
    attempts: 1,
    unsureSince: null,
    seenTs: null,
    drawStep: 0,
    waitingSince: clock(),
  };
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

/** Posts a card, or the digest if a storm begins. */
export async function takeTurn(deps: Deps, line: ClaimedLine, job: PostJob): Promise<void> {
  const { kind, why } = decideTurn(job, line, deps.clock());
  switch (kind) {
    case "card":
      return postCard(deps, line, job);
    case "card-then-digest":
      return postCard(deps, line, job, { first: beginStorm(deps, line, { job, instead: "nothing", why }) });
    case "digest":
      if (await wasRedirected(deps, line, job)) return;
      return postDigest(deps, line, await beginStorm(deps, line, { job, instead: "digest", why }));
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
