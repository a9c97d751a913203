import { sql } from "kysely";
import { transaction } from "../../../db/transaction.ts";
import { drawSteps } from "../../../messages/draw-step.ts";
import { eventWaitSeconds, findLost } from "../../../messages/find-lost.ts";
import type { ClaimedLine, DigestJob } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { releaseLine, stillHoldsLine } from "../../../outbox/lines.ts";
import {
  lineOutcome,
  type NextAttempt,
  nextAttempt,
  othersRefused,
  retryContext,
} from "../../../outbox/next-attempt.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../../../slack/message.ts";
import type { ClaimedDigest } from "./claim-digest.ts";
import { confirmGathered, gather } from "./gather.ts";
import { drawCurrentDigest } from "./read-digest.ts";

const repeatNote = "May be a repeat: Slack did not confirm the first message";

/** Posts the digest of a storm, unless an earlier attempt whose response was lost is found in Slack. */
export async function postDigest(deps: Deps, line: ClaimedLine, job: DigestJob): Promise<void> {
  try {
    await gather(deps.db.kysely, { id: job.id, line: line.key });
    const lost = await findLost(deps, line, { ...job, channel: line.channelId, threadTs: undefined });
    if (lost.kind === "later") return await postponeDigest(deps, line, { job, seconds: lost.seconds });
    if (lost.kind === "found") return await settlePost(deps, line, { job, ts: lost.ts, how: "found" });
    const { message, empty, frozen } = await drawCurrentDigest(deps, {
      id: job.id,
      line: line.key,
      redraws: 0,
      shape: job.drawStep,
      over: false,
      ...(job.unsureSince ? { note: repeatNote } : {}),
    });
    if (empty || frozen) return await cancel(deps, line, job);
    const client = await deps.clientFor(line.installationId);
    const metadata = writeCardMetadata(job.id);
    if (!(await stillHoldsLine(deps, line))) return;
    const { ts } = await client.postMessage({ channel: line.channelId, message, metadata });
    await deps.write(() => settlePost(deps, line, { job, ts, how: "posted" }));
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await deps.write(() => settleDigestFault(deps, line, { job, fault }));
  }
}

/**
 * Stores that the digest is in Slack, in one short statement: a process that dies between Slack's response and
 * this commit posts twice. The gathered deliveries are confirmed afterwards; the next edit continues if that is
 * interrupted.
 */
async function settlePost(
  deps: Deps,
  line: ClaimedLine,
  { job, ts, how }: { job: DigestJob; ts: string; how: "posted" | "found" },
): Promise<void> {
  const posted = how === "posted";
  const permalinkTail = `archives/${line.channelId}/p${ts.replace(".", "")}`;
  await sql`
    with digest as (
      update digests g set ts = ${ts}, permalink = i.url || ${permalinkTail}, sending = false, maybe_posted = false,
        unsure_since = null, seen_ts = null, drawn_at = now(), dirty = true,
        redraws = redraws + ${posted ? 0 : 1}, due_at = now() + make_interval(secs => ${posted ? deps.pace.digestCheck : 0})
      from installations i where g.id = ${job.id} and i.id = ${line.installationId}
    )
    update lines set digest_due_at = null, leased_until = null, leased_by = null,
      fault = case when ${!posted} then fault end, fault_since = case when ${!posted} then fault_since end,
      faults_in_a_row = case when ${!posted} then faults_in_a_row else 0 end,
      open_at = clock_timestamp() + make_interval(secs => ${posted ? deps.pace.message : 0})
    where key = ${line.key} and leased_by = ${line.lease}`.execute(deps.db.kysely);
  const gathered = await confirmGathered(deps.db, job.id);
  deps.log({ digest: job.id, line: line.key, attempts: job.attempts, how, gathered }, "digest posted");
}

/** Cancels a digest that would be empty, or whose channel has no destination any more. */
async function cancel({ db, log }: Deps, line: ClaimedLine, { id: digestId }: DigestJob): Promise<void> {
  await sql`
    with digest as (
      update digests set closed_at = now(), sending = false, gone = true where id = ${digestId}
    )
    update lines set digest_id = null, digest_due_at = null, leased_until = null, leased_by = null
    where key = ${line.key} and leased_by = ${line.lease}`.execute(db.kysely);
  log({ digest: digestId, line: line.key }, "digest cancelled");
}

/** A digest stands for many alerts, so Tocsin never gives it up and tries again after this time. */
const giveUpRetrySeconds = 15 * 60;

/** Settles a failed post of a digest and schedules the next try. Loud cards don't wait for it. */
async function settleDigestFault(
  deps: Deps,
  line: ClaimedLine,
  { job, fault }: { job: DigestJob; fault: SlackFault },
): Promise<void> {
  const { attempts, drawStep } = job;
  const failed = {
    fault,
    attempts,
    faultsInARow: line.faultsInARow,
    waitingSince: deps.clock(),
    drawStep,
    othersRefused: othersRefused(line, { code: fault.code, id: job.id }),
  };
  const next = nextAttempt(failed, retryContext(deps));
  const hearing = fault.answerLost ? eventWaitSeconds(line.scopes) : 0;
  await transaction(deps.db, async (tx) => {
    await sql`
      update digests set sending = false, maybe_posted = maybe_posted or ${fault.answerLost},
        shape = ${next.kind === "simplify" ? next.drawStep : drawStep}
      where id = ${job.id}`.execute(tx);
    await sql`
      update lines set digest_due_at = case
        when (select seen_ts from digests where id = ${job.id}) is not null then now()
        else now() + make_interval(secs => ${Math.max(hearing, digestSeconds(next))}) end
      where key = ${line.key} and leased_by = ${line.lease}`.execute(tx);
    await releaseLine(tx, deps, line, lineOutcome(next, job.id));
  });
  deps.log({ digest: job.id, line: line.key, error: fault.code, next: next.kind }, "digest not posted");
}

/** Postpones a digest until the lost message can be looked for. */
async function postponeDigest(
  deps: Deps,
  line: ClaimedLine,
  { job, seconds }: { job: DigestJob; seconds: number },
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`update digests set sending = false, attempts = attempts - 1, maybe_posted = true
      where id = ${job.id}`.execute(tx);
    await sql`update lines set digest_due_at = now() + make_interval(secs => ${seconds})
      where key = ${line.key} and leased_by = ${line.lease}`.execute(tx);
    await releaseLine(tx, deps, line, { kind: "unused" });
  });
}

/** Seconds that a digest waits beyond its line, so that cards go out before a digest that fails alone. */
function digestSeconds(next: NextAttempt): number {
  switch (next.kind) {
    case "retry":
    case "refuse":
      return next.deliverySeconds;
    case "wait":
    case "hold":
    case "simplify":
      return 0;
    case "give-up":
      return giveUpRetrySeconds;
    default:
      return next satisfies never;
  }
}

const maxWaitSeconds = 300;

/** Settles a failed edit: the digest is edited again, posted again, or abandoned. */
export async function settleEditFault(deps: Deps, digest: ClaimedDigest, fault: unknown): Promise<void> {
  if (!(fault instanceof SlackFault)) throw fault;
  deps.log({ digest: digest.id, line: digest.line, error: fault.code }, "digest not edited");
  switch (fault.kind) {
    case "rate": {
      const seconds = fault.retryAfterSeconds ?? 1;
      await sql`
        update installations set updates_open_at = greatest(updates_open_at,
          clock_timestamp() + make_interval(secs => ${seconds}))
        where id = ${digest.installationId}`.execute(deps.db.kysely);
      return tryAgain(deps, digest, { seconds, shape: digest.shape });
    }
    case "content": {
      const plainer = Math.min(digest.shape + 1, drawSteps.length - 1);
      const seconds = plainer === digest.shape ? maxWaitSeconds : 0;
      return tryAgain(deps, digest, { seconds, shape: plainer });
    }
    case "gone":
      return fault.code === "message_not_found" && !digest.closed
        ? postAgain(deps, digest)
        : abandon(deps, digest);
    case "passing":
    case "setup":
    case "refused": {
      const seconds = Math.min(maxWaitSeconds, 2 ** digest.faults) * (0.5 + deps.jitter() / 2);
      return tryAgain(deps, digest, { seconds, shape: digest.shape });
    }
    default:
      return fault.kind satisfies never;
  }
}

async function tryAgain(
  { db }: Deps,
  { id }: ClaimedDigest,
  { seconds, shape }: { seconds: number; shape: number },
): Promise<void> {
  await sql`
    update digests set leased_until = null, dirty = true, faults = faults + 1, shape = ${shape},
      due_at = now() + make_interval(secs => ${seconds})
    where id = ${id}`.execute(db.kysely);
}

/** Somebody deleted the digest during the storm. */
async function postAgain({ db }: Deps, { id, line }: ClaimedDigest): Promise<void> {
  await sql`
    with digest as (
      update digests set ts = null, permalink = null, leased_until = null, due_at = null, dirty = false, attempts = 0
      where id = ${id}
    )
    update lines set digest_due_at = now() where key = ${line} and digest_id = ${id}`.execute(db.kysely);
}

/** The digest can't be edited any more, or was deleted after its storm; the next storm gets a new one. */
async function abandon({ db }: Deps, { id, line }: ClaimedDigest): Promise<void> {
  await sql`
    with digest as (
      update digests set gone = true, closed_at = coalesce(closed_at, now()), leased_until = null, due_at = null
      where id = ${id}
    )
    update lines set digest_id = null, digest_due_at = null where key = ${line} and digest_id = ${id}`.execute(
    db.kysely,
  );
}

type EditOutcome =
  | { kind: "edited"; closed: boolean; namesLoud: boolean; frozen: boolean }
  | { kind: "skipped" }
  | { kind: "no-budget" };

const budgetSeconds = 1;

/** Settles an edit. The digest stays due if another edit was requested meanwhile (`redraws`). */
export async function settleEdit(
  { db, pace }: Deps,
  { id, line, redraws, closed: wasClosed }: ClaimedDigest,
  outcome: EditOutcome,
): Promise<void> {
  if (outcome.kind !== "edited") {
    const seconds = outcome.kind === "skipped" ? pace.digestCheck : budgetSeconds;
    await sql`
      update digests set leased_until = null,
        due_at = case when ${outcome.kind === "skipped" && wasClosed} and redraws = ${redraws} then null
          else now() + make_interval(secs => ${seconds}) end
      where id = ${id}`.execute(db.kysely);
    return;
  }
  const closed = outcome.closed || outcome.frozen;
  await sql`
    with digest as (
      update digests set leased_until = null, drawn_at = now(), faults = 0, names_loud = ${outcome.namesLoud},
        gone = ${outcome.frozen}, closed_at = case when ${closed} then coalesce(closed_at, now()) end,
        dirty = redraws <> ${redraws},
        due_at = case when redraws <> ${redraws} then now()
          when not ${closed} then now() + make_interval(secs => ${pace.digestCheck}) end
      where id = ${id}
    )
    update lines set digest_id = null, digest_due_at = null
    where key = ${line} and digest_id = ${id} and ${closed}`.execute(db.kysely);
}
