import type { PlainTextOption, StaticSelect } from "@slack/types";
import { sql } from "kysely";
import { z } from "zod";
import { isRefusal } from "../../../alert/refusal.ts";
import { type Transaction, transaction } from "../../../db/transaction.ts";
import { type Acting, actorWith, inSlack, toManage } from "../../../interact/acting.ts";
import { notifyPerson } from "../../../interact/answer.ts";
import { drawRepeat, notices } from "../../../interact/notices.ts";
import { slackAction } from "../../../interact/slack-action.ts";
import { sighted } from "../../../messages/sighting.ts";
import { want } from "../../../messages/want.ts";
import { postDigestedCard } from "../../../outbox/deliveries.ts";
import { audit } from "../../../people/audit-log/audit.ts";
import type { BlockActions } from "../../../slack/request/slack-request.ts";
import { plain } from "../../../slack/text/text.ts";

/** The menu of a digest, which posts the card of the chosen alert; `alertId` is null if the choice was cleared. */
export const digestMenu = slackAction({
  id: "post-card",
  draw: (options: PlainTextOption[]): Omit<StaticSelect, "action_id"> => ({
    type: "static_select",
    placeholder: plain("Post a card for…", 150),
    options,
  }),
  read({ blockId, value }) {
    const digestId = readDigestId(blockId);
    const alertId = z.uuid().safeParse(value);
    return digestId === null ? null : { digestId, alertId: alertId.success ? alertId.data : null };
  },
  act: postChosenCard,
});

const shape = z.tuple([z.literal("digest"), z.uuid(), z.string().regex(/^\d{1,9}$/)]);

/** The block ID of a digest's controls, new for each block version: see `interact/card-ref.ts`. */
export function writeDigestId(digestId: string, redraws: number): string {
  return `digest:${digestId}:${redraws}`;
}

function readDigestId(blockId: string): string | null {
  const read = shape.safeParse(blockId.split(":"));
  return read.success ? read.data[1] : null;
}

/** Posts the card of the alert that was chosen. The menu is reset in any case. */
async function postChosenCard(
  by: Acting,
  request: BlockActions,
  action: { digestId: string; alertId: string | null },
): Promise<void> {
  const { deps, installation, client } = by;
  const { channelId, messageTs, responseUrl } = request;
  if (!channelId || !messageTs) return;
  const at = { digestId: action.digestId, line: `${installation.id}:${channelId}` };
  const actor =
    action.alertId === null
      ? null
      : await actorWith(by, toManage, { action: "alert.card_posted", alertId: action.alertId, wanted: null });
  if (isRefusal(actor)) await notifyPerson(by, request, actor.why);
  const { digest, posted } = await transaction(deps.db, async (tx) => {
    const digest = await redrawDigest(tx, at);
    if (!digest || action.alertId === null || actor === null || isRefusal(actor))
      return { digest, posted: true };
    const { alertId } = action;
    const posted = await postDigestedCard(tx, { alertId, line: at.line });
    const target = { type: "alert", id: alertId } as const;
    const entry = { action: "alert.card_posted", target, changes: null } as const;
    if (posted) await audit(tx, inSlack(by, actor), entry);
    return { digest, posted };
  });
  if (!posted) await notifyPerson(by, request, notices.hasCard);
  if (digest?.ts === null)
    await sighted(deps.db.kysely, { id: action.digestId, installationId: installation.id, ts: messageTs });
  if (digest && isRepeat(digest, messageTs) && responseUrl)
    await client.replaceClicked(responseUrl, drawRepeat("This digest", digest.permalink));
  deps.wake();
}

/** The message of a digest whose menu was just used. */
interface DigestMessage {
  /** Null until Slack has confirmed the message. */
  ts: string | null;
  permalink: string | null;
}

/** Draws the menu without a selection, and urgently. Returns null if the line has no digest with this id. */
async function redrawDigest(
  tx: Transaction,
  { digestId, line }: { digestId: string; line: string },
): Promise<DigestMessage | null> {
  const { rows } = await sql<DigestMessage>`
    update digests g set redraws = redraws + 1 from messages m
    where g.id = ${digestId} and g.line = ${line} and m.id = g.id returning m.ts, g.permalink`.execute(tx);
  await want(tx, sql`(${digestId}::uuid)`, { touched: true });
  return rows[0] ?? null;
}

/** The clicked message is a second copy of the digest, posted after a response was lost. */
function isRepeat({ ts }: DigestMessage, clickedTs: string): boolean {
  return ts !== null && ts !== clickedTs;
}
