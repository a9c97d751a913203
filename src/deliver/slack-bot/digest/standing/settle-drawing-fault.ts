import { sql } from "kysely";
import type { StandingDigest } from "../claim-digest.ts";
import { cardSteps } from "../../../../messages/message-kind.ts";
import { SlackFault } from "../../../../slack/client/slack-fault.ts";
import type { Deps } from "../../../../outbox/deps.ts";

const longestWaitSeconds = 300;

/** Writes down what came of an edit that failed: a digest is edited again, posted anew, or left as it is. */
export async function settleDrawingFault(deps: Deps, digest: StandingDigest, fault: unknown): Promise<void> {
  if (!(fault instanceof SlackFault)) throw fault;
  deps.log({ digest: digest.id, line: digest.line, error: fault.code }, "digest not drawn");
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
      const plainer = Math.min(digest.shape + 1, cardSteps.length - 1);
      const seconds = plainer === digest.shape ? longestWaitSeconds : 0;
      return tryAgain(deps, digest, { seconds, shape: plainer });
    }
    case "gone":
      return fault.code === "message_not_found" && !digest.closed
        ? postAnew(deps, digest)
        : leave(deps, digest);
    case "passing":
    case "set-up": {
      const seconds = Math.min(longestWaitSeconds, 2 ** digest.faults) * (0.5 + deps.jitter() / 2);
      return tryAgain(deps, digest, { seconds, shape: digest.shape });
    }
    default:
      return fault.kind satisfies never;
  }
}

async function tryAgain(
  { db }: Deps,
  { id }: StandingDigest,
  { seconds, shape }: { seconds: number; shape: number },
): Promise<void> {
  await sql`
    update digests set leased_until = null, dirty = true, faults = faults + 1, shape = ${shape},
      due_at = now() + make_interval(secs => ${seconds})
    where id = ${id}`.execute(db.kysely);
}

/** Somebody deleted it in the middle of the storm. */
async function postAnew({ db }: Deps, { id, line }: StandingDigest): Promise<void> {
  await sql`
    with digest as (
      update digests set ts = null, permalink = null, leased_until = null, due_at = null, dirty = false, attempts = 0
      where id = ${id}
    )
    update lines set digest_due_at = now() where key = ${line} and digest_id = ${id}`.execute(db.kysely);
}

/** Slack lets nobody edit it any more, or nobody wants it: the next crowd gets a new one. */
async function leave({ db }: Deps, { id, line }: StandingDigest): Promise<void> {
  await sql`
    with digest as (
      update digests set gone = true, closed_at = coalesce(closed_at, now()), leased_until = null, due_at = null
      where id = ${id}
    )
    update lines set digest_id = null, digest_due_at = null where key = ${line} and digest_id = ${id}`.execute(
    db.kysely,
  );
}
