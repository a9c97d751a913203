import { isRefusal } from "../../../alert/refusal.ts";
import { transaction } from "../../../db/transaction.ts";
import { type Acting, actorWith, toManage } from "../../../interact/acting.ts";
import { tell } from "../../../interact/answer.ts";
import { drawRepeat, notices } from "../../../interact/notices.ts";
import { recordDigestSighting } from "../../../messages/sighting.ts";
import { type DigestMessage, redrawDigest } from "../../../messages/want.ts";
import { postDigestedCard } from "../../../outbox/deliveries.ts";
import { audit } from "../../../people/audit.ts";
import type { BlockActions, SlackAction } from "../../../slack/request/slack-request.ts";

type Asked = Extract<SlackAction, { kind: "post-card" }>;

/** Somebody asks for the card of an alert that stands in a digest. Whatever comes of it, the menu is empty again. */
export async function postAfterAll(by: Acting, request: BlockActions, asked: Asked): Promise<void> {
  const { deps, installation, client } = by;
  const { channelId, messageTs, responseUrl } = request;
  if (!channelId || !messageTs) return;
  const at = { digestId: asked.digestId, line: `${installation.id}:${channelId}` };
  const actor = asked.alertId === null ? null : await actorWith(by, toManage);
  if (isRefusal(actor)) await tell(by, request, actor.why);
  const { digest, posted } = await transaction(deps.db, async (tx) => {
    const digest = await redrawDigest(tx, at);
    if (!digest || asked.alertId === null || actor === null || isRefusal(actor))
      return { digest, posted: true };
    const { alertId } = asked;
    const posted = await postDigestedCard(tx, { alertId, line: at.line });
    const target = { type: "alert", id: alertId };
    if (posted) await audit(tx, { actor, via: "slack", ip: null }, { action: "alert.card_posted", target });
    return { digest, posted };
  });
  if (!posted) await tell(by, request, notices.hasCard);
  if (digest?.ts === null) await recordDigestSighting(deps.db.kysely, { ...at, ts: messageTs });
  if (digest && isRepeat(digest, messageTs) && responseUrl)
    await client.replaceClicked(responseUrl, drawRepeat("This digest", digest.permalink));
  deps.wake();
}

/** Its first answer was lost, and it was posted twice. */
function isRepeat({ ts }: DigestMessage, clickedTs: string): boolean {
  return ts !== null && ts !== clickedTs;
}
