import type { Refusal } from "../../alert/refusal.ts";
import { WebhookFault } from "../../webhook/webhook-fault.ts";
import { webhookRemedy } from "../../deliver/events/event-fault.ts";
import type { WebhookAccess } from "../../deliver/custom-webhook/webhook-access.ts";

/**
 * The address in its normal form, or why it can't be used. A name that has no address yet is taken: deliveries
 * wait until it has one, and each connection checks for itself where it leads.
 */
export async function checkUrl(webhooks: WebhookAccess, given: string): Promise<string | Refusal> {
  const url = URL.parse(given);
  if (url?.protocol !== "https:" && url?.protocol !== "http:")
    return refused("Give a whole address, as https://hooks.example.com/tocsin.");
  if (url.username || url.password)
    return refused("Put the user and password into an Authorization header: addresses are shown to others.");
  url.hash = "";
  try {
    await webhooks.check(url);
  } catch (fault) {
    if (fault instanceof WebhookFault) {
      const { means, todo } = webhookRemedy(fault.code, url.host);
      return refused(`${means} ${todo}`);
    }
    if (url.protocol === "http:")
      return refused(
        `${url.host} has no address yet, and only an address that begins with https:// is taken unseen.`,
      );
  }
  return url.href;
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "url", why };
}
