import { v7 as uuidv7 } from "uuid";
import type { ClaimedLine, PostJob } from "../../queue/claim-line.ts";
import { writeCardMetadata } from "../../slack/message/card-metadata.ts";
import type { Deps } from "../deps.ts";
import { sendElsewhere } from "../send-elsewhere.ts";
import { cardOf, type StandingCard } from "./card-of.ts";
import { findLostCard } from "./lost/find-lost-card.ts";
import { lookLater } from "./lost/look-later.ts";
import { settleFault } from "./settle-fault.ts";
import { settlePost } from "./settle-post.ts";
import { type CardPlace, showAlert } from "./show-alert.ts";

const repeatNote = "May be a repeat: Slack did not say whether the first one arrived.";

/** Posts the card of a delivery, unless one stands: another destination's of the channel, or a lost one. */
export async function postCard(deps: Deps, line: ClaimedLine, job: PostJob): Promise<void> {
  try {
    // All at once: what an idle Tocsin takes to announce an alert is mostly waiting for answers like these.
    const [elsewhere, standing, client, shown] = await Promise.all([
      sendElsewhere(deps, line, job),
      cardOf(deps.db, job.alertId, line.key),
      deps.clientFor(line.installationId),
      showAlert(deps, placeOf(line, job)),
    ]);
    if (elsewhere) return;
    if (standing) return await settlePost(deps, line, { job, card: standing, how: { kind: "standing" } });
    const lost = await findLostCard(deps, line, job);
    if (lost.kind === "later") return await lookLater(deps, line, { job, seconds: lost.seconds });
    if (lost.kind === "found") {
      return await settlePost(deps, line, { job, card: newCard(lost.ts), how: { kind: "found" } });
    }
    const { ts } = await client.postMessage({
      channel: line.channelId,
      message: shown.message,
      metadata: writeCardMetadata(job.deliveryId),
    });
    await settlePost(deps, line, { job, card: newCard(ts), how: { kind: "posted", alert: shown.alert } });
  } catch (fault) {
    await settleFault(deps, line, { job, fault });
  }
}

function newCard(ts: string): StandingCard {
  return { id: uuidv7(), ts, permalink: null };
}

function placeOf(line: ClaimedLine, job: PostJob): CardPlace {
  const place = {
    alertId: job.alertId,
    destinationId: job.destinationId,
    installationId: line.installationId,
    redraws: 0,
    shape: job.shape,
  };
  return job.unsureSince ? { ...place, note: repeatNote } : place;
}
