import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { postCard } from "../../../messages/post.ts";
import {
  type ClaimedLine,
  crowd,
  type DigestJob,
  type PostJob,
  staleMs,
} from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { faultKind } from "../../../slack/client/slack-fault.ts";
import { redirectDelivery } from "../../send-elsewhere.ts";
import { alertAt } from "../card-message.ts";
import { postDigest } from "./digest-message.ts";

/**
 * Puts a line into a storm: from now on only loud deliveries get a card by themselves, and its digest is due.
 * With `instead` the digest takes the turn of that delivery, which goes back. Cards that may stand already are
 * looked for before anything else is done with them.
 */
async function beginStorm(
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

/** What a line that has a card to post does with its turn. */
type Turn =
  | { kind: "card"; why: "few wait" | "a storm goes on" | "may stand already" }
  /** The card goes first, and a digest right behind it. */
  | { kind: "card-then-digest"; why: "CRITICAL goes before all" }
  | { kind: "digest"; why: "too many wait" | "held too long" };

/**
 * Does a storm begin? More alerts than a crowd wait (INFO aside), or what waits was held by a fault of set-up
 * for days. In a storm that has begun, only what gets a card by itself comes here.
 */
export function decideTurn(
  job: Pick<PostJob, "severity" | "unsureSince" | "createdAt" | "error">,
  line: Pick<ClaimedLine, "waiting" | "digestId">,
  now: Date,
): Turn {
  if (line.digestId !== null) return { kind: "card", why: "a storm goes on" };
  if (job.unsureSince) return { kind: "card", why: "may stand already" };
  if (now.getTime() - job.createdAt.getTime() > staleMs && wasHeld(job.error))
    return { kind: "digest", why: "held too long" };
  if (line.waiting <= crowd) return { kind: "card", why: "few wait" };
  if (job.severity === "CRITICAL") return { kind: "card-then-digest", why: "CRITICAL goes before all" };
  return { kind: "digest", why: "too many wait" };
}

/** What was tried and failed for other reasons goes on being tried. */
function wasHeld(error: string | null): boolean {
  return error === null || faultKind(error) === "setup";
}

/** Posts a card, or what goes out instead of it when a storm begins. */
export async function takeTurn(deps: Deps, line: ClaimedLine, job: PostJob): Promise<void> {
  const { kind, why } = decideTurn(job, line, deps.clock());
  switch (kind) {
    case "card":
      return postCard(deps, line, job);
    case "card-then-digest":
      return postCard(deps, line, job, beginStorm(deps, line, { job, instead: "nothing", why }));
    case "digest":
      if (await isElsewhere(deps, line, job)) return;
      return postDigest(deps, line, await beginStorm(deps, line, { job, instead: "digest", why }));
    default:
      return kind satisfies never;
  }
}

/** A delivery whose destination has gone elsewhere meanwhile begins no storm here. */
async function isElsewhere(deps: Deps, line: ClaimedLine, job: PostJob): Promise<boolean> {
  const { alertId, destinationId } = job;
  const { destination } = await alertAt(deps.db, { alertId, destinationId, line: line.key });
  return redirectDelivery(deps, line, { job, destination });
}
