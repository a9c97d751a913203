import type { ClaimedLine, Posting } from "../outbox/claim-line.ts";
import type { Deps } from "../outbox/deps.ts";
import { stillHoldsLine } from "../outbox/lines.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../slack/message.ts";
import { findLost } from "./find-lost.ts";
import type { Life } from "./message-kind.ts";

export const repeatNote = "May be a repeat: Slack did not say whether the first one arrived.";

/**
 * Posts a message, unless an earlier attempt whose answer was lost is found in Slack. `life` settles the outcome where
 * the message is stored.
 */
export async function post<Job extends Posting>(
  deps: Deps,
  line: ClaimedLine,
  { job, token, ...life }: Life<Job>,
): Promise<void> {
  let sent = false;
  try {
    const [client, drawing] = await Promise.all([deps.clientFor(line.installationId, token), life.draw()]);
    if ("instead" in drawing) return await drawing.instead();
    const { message, channel = line.channelId, threadTs } = drawing;
    const lost = await findLost(deps, line, { ...job, channel, threadTs });
    if (lost.kind === "later") return await life.postponed(lost.seconds);
    if (lost.kind === "found") return await life.posted({ drawing, ts: lost.ts, how: "found" });
    if (!message) return await life.posted({ drawing, ts: null, how: "nothing" });
    await life.beforePost?.(drawing);
    if (!(await stillHoldsLine(deps, line))) return;
    sent = true;
    const { ts } = await client.postMessage({
      channel,
      message,
      metadata: writeCardMetadata(job.id),
      ...(threadTs !== undefined && { threadTs }),
    });
    await deps.write(() => life.posted({ drawing, ts, how: "posted" }));
    await drawing.shownInSlack?.();
  } catch (fault) {
    if (fault instanceof SlackFault) return await deps.write(() => life.failed(fault));
    // Nothing was sent, so the message must not look like one of a dead worker.
    if (!sent) await deps.write(() => life.postponed(1));
    throw fault;
  }
}
