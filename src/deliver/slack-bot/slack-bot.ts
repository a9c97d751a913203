import { directNotice } from "../../boomerang/direct-notice.ts";
import { question, reminder } from "../../boomerang/question-message.ts";
import { claimEdit } from "../../messages/claim-edit.ts";
import { edit, editOf } from "../../messages/edit.ts";
import type { MessageKinds } from "../../messages/message-kind.ts";
import { post } from "../../messages/post.ts";
import { lifeOf } from "../../messages/settle.ts";
import { type ClaimedLine, claimLine } from "../../outbox/claim-line.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { DestinationWork, Job } from "../../outbox/worker.ts";
import { bulkNotice } from "../../triage/bulk-notice.ts";
import { takeTurn } from "./digest/begin-storm.ts";
import { digest } from "./digest/digest-message.ts";
import { claimDigest, lookAtDigest } from "./digest/look-at-digest.ts";
import { editOfCard } from "./edit-card.ts";
import { appendNextReminder } from "./thread/remind.ts";
import { reply } from "./thread/reply-message.ts";

const linesAtOnce = 32;
const editsAtOnce = 8;

/** The jobs of Slack Bots: messages by the lines of their channels, edits within their workspace's budget. */
export function slackBot(deps: Deps): DestinationWork {
  return [
    { maxConcurrent: linesAtOnce, announces: true, takes: true, claim: () => nextMessage(deps) },
    { maxConcurrent: editsAtOnce, claim: () => nextEdit(deps) },
    { maxConcurrent: 1, claim: () => nextDigest(deps) },
    { maxConcurrent: 1, claim: () => appendReminders(deps) },
  ];
}

async function nextMessage(deps: Deps): Promise<Job | null> {
  const line = await claimLine(deps);
  if (!line) return null;
  return { run: () => runJob(deps, line), line, restMs: deps.pace.message * 1000 };
}

const kinds: MessageKinds = {
  digest,
  question,
  reminder,
  reply,
  "bulk-notice": bulkNotice,
  "direct-notice": directNotice,
};

function runJob(deps: Deps, line: ClaimedLine): Promise<void> {
  const { job } = line;
  if (job.kind === "post") return takeTurn(deps, line, job);
  return post(deps, line, lifeOf(deps, line, job, kinds[job.kind]));
}

async function nextEdit(deps: Deps): Promise<Job | null> {
  const job = await claimEdit(deps);
  if (!job) return null;
  const run = () =>
    edit(deps, "message" in job ? editOf(deps, job, kinds[job.message.kind]) : editOfCard(deps, job));
  return { run, line: null, restMs: 0 };
}

/** Looks at digests. Only a look that has one drawn again counts as a job: others are no sign of work. */
async function nextDigest(deps: Deps): Promise<Job | null> {
  for (let due = await claimDigest(deps); due; due = await claimDigest(deps))
    if (await lookAtDigest(deps, due)) return { run: async () => {}, line: null, restMs: 0 };
  return null;
}

/** A reminder is only appended here; the line of its channel posts it as a reply. */
async function appendReminders(deps: Deps): Promise<null> {
  while (await appendNextReminder(deps));
  return null;
}
