import { sql } from "kysely";
import type { ClaimedLine, DigestJob } from "../../../outbox/claim-line.ts";
import { messageIntervalSeconds } from "../../../outbox/lines.ts";
import { stillOurs } from "../../../queue/still-ours.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../../../slack/message.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { findLostCard } from "../../../messages/find-lost.ts";
import { confirmGathered } from "./gathered/confirm-gathered.ts";
import { gather } from "./gather.ts";
import { showDigest } from "./read-digest.ts";
import { postponeDigest, settleDigestFault } from "./settle-digest-fault.ts";

const repeatNote = "May be a repeat: Slack did not say whether the first one arrived";

/** Posts the digest of a storm, unless it stands already: its answer was lost, or its worker died. */
export async function postDigest(deps: Deps, line: ClaimedLine, job: DigestJob): Promise<void> {
  try {
    await gather(deps.db.kysely, { id: job.digestId, line: line.key });
    const lost = await findLostCard(deps, line, { ...job, deliveryId: job.digestId });
    if (lost.kind === "later") return await postponeDigest(deps, line, { job, seconds: lost.seconds });
    if (lost.kind === "found") return await settle(deps, line, { job, ts: lost.ts, how: "found" });
    const { message, empty, frozen } = await showDigest(deps, {
      id: job.digestId,
      line: line.key,
      redraws: 0,
      shape: job.shape,
      over: false,
      ...(job.unsureSince ? { note: repeatNote } : {}),
    });
    if (empty || frozen) return await callOff(deps, line, job);
    const client = await deps.clientFor(line.installationId);
    const metadata = writeCardMetadata(job.digestId);
    if (!(await stillOurs(deps.db, line, deps.me))) return;
    const { ts } = await client.postMessage({ channel: line.channelId, message, metadata });
    await deps.write(() => settle(deps, line, { job, ts, how: "posted" }));
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await deps.write(() => settleDigestFault(deps, line, { job, fault }));
  }
}

/**
 * Writes down that the digest stands, in one short statement: a process that dies between Slack's answer and
 * this commit posts twice. What it has gathered is confirmed after that; whoever draws it next goes on with it.
 */
async function settle(
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
        redraws = redraws + ${posted ? 0 : 1}, due_at = now() + make_interval(secs => ${posted ? 3 : 0})
      from installations i where g.id = ${job.digestId} and i.id = ${line.installationId}
    )
    update lines set digest_due_at = null, leased_until = null, leased_by = null,
      fault = case when ${!posted} then fault end, fault_since = case when ${!posted} then fault_since end,
      faults_in_a_row = case when ${!posted} then faults_in_a_row else 0 end,
      open_at = clock_timestamp() + make_interval(secs => ${posted ? messageIntervalSeconds : 0})
    where key = ${line.key} and leased_by = ${deps.me}`.execute(deps.db.kysely);
  const gathered = await confirmGathered(deps.db, job.digestId);
  deps.log({ digest: job.digestId, line: line.key, attempts: job.attempts, how, gathered }, "digest stands");
}

/** What waited has gone elsewhere meanwhile: there is nothing left to say, or nobody to say it to. */
async function callOff({ db, me, log }: Deps, line: ClaimedLine, { digestId }: DigestJob): Promise<void> {
  await sql`
    with digest as (
      update digests set closed_at = now(), sending = false, gone = true where id = ${digestId}
    )
    update lines set digest_id = null, digest_due_at = null, leased_until = null, leased_by = null
    where key = ${line.key} and leased_by = ${me}`.execute(db.kysely);
  log({ digest: digestId, line: line.key }, "digest called off");
}
