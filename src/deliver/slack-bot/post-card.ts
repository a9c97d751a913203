import { v7 as uuidv7 } from "uuid";
import type { ClaimedLine, PostJob } from "../../queue/claim-line.ts";
import type { Deps } from "../deps.ts";
import { sendElsewhere } from "../send-elsewhere.ts";
import { cardOf, type StandingCard } from "./card-of.ts";
import { settleFault } from "./settle-fault.ts";
import { settlePost } from "./settle-post.ts";
import { type CardPlace, showAlert } from "./show-alert.ts";

const repeatNote = "May be a repeat: Slack did not say whether the first one arrived.";

/** Posts the card of a delivery, or finds that another destination of the channel has posted it. */
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
    if (standing) return await settlePost(deps, line, { job, card: standing, posted: null });
    const { ts } = await client.postMessage({
      channel: line.channelId,
      message: shown.message,
      // Readable by every app in the channel, so it holds only the delivery's random id.
      metadata: { event_type: "tocsin_card", event_payload: { delivery: job.deliveryId } },
    });
    const card: StandingCard = { id: uuidv7(), ts, permalink: null };
    await settlePost(deps, line, { job, card, posted: shown.alert });
  } catch (fault) {
    await settleFault(deps, line, { job, fault });
  }
}

function placeOf(line: ClaimedLine, job: PostJob): CardPlace {
  const place = {
    alertId: job.alertId,
    destinationId: job.destinationId,
    installationId: line.installationId,
    redraws: 0,
    shape: job.shape,
  };
  return job.maybePosted ? { ...place, note: repeatNote } : place;
}
