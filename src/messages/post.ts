import { v7 as uuidv7 } from "uuid";
import { redirectDelivery } from "../deliver/send-elsewhere.ts";
import {
  type CardData,
  type CardDrawing,
  drawAlertCard,
  type PostedCard,
  readCardData,
} from "../deliver/slack-bot/card-message.ts";
import type { ClaimedLine, PostJob } from "../outbox/claim-line.ts";
import type { Deps, SealedToken } from "../outbox/deps.ts";
import { stillHoldsLine } from "../outbox/lines.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../slack/message.ts";
import { findLostCard, postponeLookup } from "./find-lost.ts";
import { settleFault, settlePost } from "./settle.ts";

const repeatNote = "May be a repeat: Slack did not say whether the first one arrived.";

interface Known {
  /** Must be written before the post, and runs while the card is read. */
  first?: Promise<unknown>;
  /** What the claim has read already. */
  card?: CardData;
  token?: SealedToken;
}

/**
 * Posts the card of a delivery, unless the channel already has it, through another destination or a lost
 * answer.
 */
export async function postCard(
  deps: Deps,
  line: ClaimedLine,
  job: PostJob,
  { first, card: read, token }: Known = {},
): Promise<void> {
  let sent = false;
  try {
    const { alertId, destinationId } = job;
    const [client, found] = await Promise.all([
      deps.clientFor(line.installationId, token),
      read ?? readCardData(deps.db, { alertId, destinationId, line: line.key }),
      first,
    ]);
    if (await redirectDelivery(deps, line, { job, destination: found.destination })) return;
    const { card } = found;
    if (card) return await settlePost(deps, line, { job, card, how: { kind: "existing" } });
    const lost = await findLostCard(deps, line, job);
    if (lost.kind === "later") return await postponeLookup(deps, line, { job, seconds: lost.seconds });
    if (lost.kind === "found") {
      return await settlePost(deps, line, { job, card: newCard(lost.ts), how: { kind: "found" } });
    }
    const { alert, message } = await drawAlertCard(deps, found, drawContext(line, job));
    if (!(await stillHoldsLine(deps, line))) return;
    sent = true;
    const { ts } = await client.postMessage({
      channel: line.channelId,
      message,
      metadata: writeCardMetadata(job.deliveryId),
    });
    const posted = newCard(ts);
    await deps.write(() => settlePost(deps, line, { job, card: posted, how: { kind: "posted", alert } }));
  } catch (fault) {
    if (fault instanceof SlackFault) return await deps.write(() => settleFault(deps, line, { job, fault }));
    // Nothing was sent, so the delivery must not look like one of a dead worker.
    if (!sent) await deps.write(() => postponeLookup(deps, line, { job, seconds: 1 }));
    throw fault;
  }
}

function newCard(ts: string): PostedCard {
  return { id: uuidv7(), ts, permalink: null };
}

function drawContext({ installationId }: ClaimedLine, { drawStep, unsureSince }: PostJob): CardDrawing {
  return {
    installationId,
    redraws: 0,
    shape: drawStep,
    isNew: true,
    ...(unsureSince && { note: repeatNote }),
  };
}
