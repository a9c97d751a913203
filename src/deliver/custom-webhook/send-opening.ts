import type { ClaimedWebhook, OpeningJob } from "../../outbox/claim-event.ts";
import type { Deps } from "../../outbox/deps.ts";
import { sendElsewhere } from "../send-elsewhere.ts";
import { alertAsOf } from "../events/alert-as-of.ts";
import { settleFault } from "../events/settle-event.ts";
import { settleOpening } from "./settle-opening.ts";
import { webhookAt } from "../events/read-event.ts";

/**
 * Tells a webhook of an alert. One that is told of changes hears first how it was, and then of each change; one
 * that isn't hears how it is now.
 */
export async function sendOpening(deps: Deps, line: ClaimedWebhook, job: OpeningJob): Promise<void> {
  const { webhook, alert, untold } = await webhookAt(deps.db, job);
  if (await sendElsewhere(deps, line, { job, destination: webhook })) return;
  try {
    await deps.webhooks.send(job.destinationId, {
      kind: "alert.opened",
      // Another one after a re-send, which somebody asks for because the first did not serve.
      id: `${job.deliveryId}.${job.waitingSince.getTime()}`,
      deliveryId: job.deliveryId,
      alert: webhook.changesSince ? alertAsOf(alert, untold) : alert,
      alertUrl: `${deps.publicUrl}/alerts/${alert.number}`,
    });
  } catch (fault) {
    return await settleFault(deps, line, { job, host: webhook.host, waitingSince: job.waitingSince, fault });
  }
  const toldSeq = webhook.changesSince ? job.toldSeq : alert.historySeq;
  await settleOpening(deps, line, { job, webhook, toldSeq });
}
