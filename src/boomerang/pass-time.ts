import { sql } from "kysely";
import { systemActor } from "../alert/actor.ts";
import type { Transaction } from "../db/transaction.ts";
import { record } from "../history/append.ts";
import { lockBoomerang } from "../triage/boomerang/lock-boomerang.ts";
import { tell } from "../triage/boomerang/tell.ts";
import { whomToNotify } from "../triage/boomerang/whom-to-notify.ts";

/** Reminds those who haven't answered, once, and ends the question when its time is over. */
export async function passTime(tx: Transaction, boomerangId: string): Promise<void> {
  const found = await lockBoomerang(tx, boomerangId);
  if (found?.state !== "open") return;
  const { alertId, cardId, unanswered: to, over } = found;
  const asked = { boomerangId, cardId };
  const by = { actor: systemActor, via: "system" } as const;
  if (!over) {
    await sql`update boomerang_asks set remind_at = now() where boomerang_id = ${boomerangId} and state = 'sent'`.execute(
      tx,
    );
    await sql`update boomerangs set reminded = true, due_at = expires_at where id = ${boomerangId}`.execute(
      tx,
    );
    if (to.length > 0)
      await record(tx, { alertId, event: { kind: "boomerang_reminded", data: { ...asked, to } }, ...by });
    return;
  }
  await sql`
    update boomerang_asks set state = 'over', update_at = case when ts is not null then now() end,
      send_at = null, remind_at = null
    where boomerang_id = ${boomerangId} and state in ('waiting', 'sent')`.execute(tx);
  await sql`update boomerangs set state = 'expired', due_at = null where id = ${boomerangId}`.execute(tx);
  const notify = await whomToNotify(tx, found);
  const event = { kind: "boomerang_expired", data: { ...asked, to, notify } } as const;
  await tell(tx, { alertId, event, ...by, notify, boomerang: found });
}
