import { v7 as uuidv7 } from "uuid";
import type { VersionedAlert } from "../../history/find-alerts.ts";
import type { Life } from "../../messages/message-kind.ts";
import { post, repeatNote } from "../../messages/post.ts";
import type { ClaimedLine, PostJob } from "../../outbox/claim-line.ts";
import type { Deps, SealedToken } from "../../outbox/deps.ts";
import { decideRedirect, redirectDelivery } from "../send-elsewhere.ts";
import { type CardData, drawAlertCard, type PostedCard, readCardData } from "./card-message.ts";
import { postpone, settleFault, settlePost } from "./settle-card.ts";

interface Known {
  /** Must be written before the post, and runs while the card is read. */
  first?: Promise<unknown>;
  /** What the claim has read already. */
  card?: CardData;
  token?: SealedToken;
}

/** Posts the card of a delivery, unless the channel already has it, through another destination or a lost answer. */
export async function postCard(
  deps: Deps,
  line: ClaimedLine,
  job: PostJob,
  { first, card: read, token }: Known = {},
): Promise<void> {
  let drawn: { alert: VersionedAlert; alike: string[] } | null = null;
  const draw: Life<PostJob>["draw"] = async () => {
    const { id: deliveryId, alertId, destinationId } = job;
    const [found] = await Promise.all([
      read ?? readCardData(deps.db, { alertId, destinationId, line: line.key }),
      first,
    ]);
    const { card, destination } = found;
    if (decideRedirect(destination, line.key).kind !== "stay") {
      const delivery = { deliveryId, alertId, destinationId };
      return {
        async instead() {
          await redirectDelivery(deps, line, { job: delivery, destination });
        },
      };
    }
    if (card) return { instead: () => settlePost(deps, line, { job, card, how: { kind: "existing" } }) };
    const { alert, message } = await drawAlertCard(deps, found, {
      installationId: line.installationId,
      redraws: 0,
      shape: job.drawStep,
      isNew: true,
      ...(job.unsureSince && { note: repeatNote }),
    });
    drawn = { alert, alike: found.alike.map(({ id }) => id) };
    return { message };
  };
  const newCard = (ts: string): PostedCard => ({ id: uuidv7(), ts, permalink: null });
  await post(deps, line, {
    job,
    token,
    draw,
    async posted({ ts, how }) {
      if (ts === null || !drawn) return;
      const seen = how === "found" ? ({ kind: "found" } as const) : ({ kind: "posted", ...drawn } as const);
      await settlePost(deps, line, { job, card: newCard(ts), how: seen });
    },
    failed: (fault) => settleFault(deps, line, { job, fault }),
    postponed: (seconds) => postpone(deps, line, { job, seconds }),
  });
}
