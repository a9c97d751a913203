import { isRefusal } from "../../../alert/refusal.ts";
import { transaction } from "../../../db/transaction.ts";
import { type Acting, actorWith, toManage } from "../../../interact/acting.ts";
import { notifyPerson } from "../../../interact/answer.ts";
import { drawRepeat, notices } from "../../../interact/notices.ts";
import { recordDigestSighting } from "../../../messages/sighting.ts";
import { type DigestMessage, redrawDigest } from "../../../messages/want.ts";
import { postDigestedCard } from "../../../outbox/deliveries.ts";
import { audit } from "../../../people/audit.ts";
import type { BlockActions, SlackAction } from "../../../slack/request/slack-request.ts";

type PostCardAction = Extract<SlackAction, { kind: "post-card" }>;

/** Posts the card of the alert that was chosen in a digest's menu. The menu is reset in any case. */
export async function onDigestMenu(by: Acting, request: BlockActions, action: PostCardAction): Promise<void> {
  const { deps, installation, client } = by;
  const { channelId, messageTs, responseUrl } = request;
  if (!channelId || !messageTs) return;
  const at = { digestId: action.digestId, line: `${installation.id}:${channelId}` };
  const actor = action.alertId === null ? null : await actorWith(by, toManage, action.alertId);
  if (isRefusal(actor)) await notifyPerson(by, request, actor.why);
  const { digest, posted } = await transaction(deps.db, async (tx) => {
    const digest = await redrawDigest(tx, at);
    if (!digest || action.alertId === null || actor === null || isRefusal(actor))
      return { digest, posted: true };
    const { alertId } = action;
    const posted = await postDigestedCard(tx, { alertId, line: at.line });
    const target = { type: "alert", id: alertId };
    if (posted) await audit(tx, { actor, via: "slack", ip: null }, { action: "alert.card_posted", target });
    return { digest, posted };
  });
  if (!posted) await notifyPerson(by, request, notices.hasCard);
  if (digest?.ts === null) await recordDigestSighting(deps.db.kysely, { ...at, ts: messageTs });
  if (digest && isRepeat(digest, messageTs) && responseUrl)
    await client.replaceClicked(responseUrl, drawRepeat("This digest", digest.permalink));
  deps.wake();
}

/** The clicked message is a second copy of the digest, posted after a response was lost. */
function isRepeat({ ts }: DigestMessage, clickedTs: string): boolean {
  return ts !== null && ts !== clickedTs;
}
