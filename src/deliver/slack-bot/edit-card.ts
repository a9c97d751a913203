import { sql } from "kysely";
import type { CardEdit } from "../../messages/claim-edit.ts";
import type { EditLife } from "../../messages/edit.ts";
import { queuedAgain } from "../../outbox/deliveries.ts";
import type { Deps } from "../../outbox/deps.ts";
import { drawAlertCard, readCardData } from "./card-message.ts";

/** The edit of a card. What it needs is stored with the card, since each change of the alert marks that row. */
export function editOfCard(deps: Deps, job: CardEdit): EditLife {
  const { id, installationId, alertId, destinationId, line, redraws, drawStep, catchingUp } = job;
  const { kysely } = deps.db;
  return {
    table: "cards",
    job,
    async draw() {
      const found = await readCardData(deps.db, { alertId, destinationId, line });
      const note = catchingUp === "no" ? {} : { note: "Changed in Tocsin" };
      const drawing = { installationId, redraws, shape: drawStep, ...note };
      const { message, frozen } = await drawAlertCard(deps, found, drawing);
      return { message, last: frozen };
    },
    async edited({ last = false }) {
      const { wanted, countOnly } = job;
      await sql`
        update cards set leased_until = null, attempts = 0, gone = gone or ${last},
          catching_up = case when catching_up = ${catchingUp} and catching_up = 'due' then 'shown' else catching_up end,
          update_due_at = case when ${last} or update_wanted = ${wanted} then null else update_due_at end,
          wrong_since = case when update_wanted = ${wanted} then null else wrong_since end,
          counted_at = case when ${countOnly} then now() else counted_at end,
          count_wait = case when not ${countOnly} then count_wait
            when counted_at > now() - make_interval(secs => 2 * count_wait) then least(300, 2 * count_wait) else 3 end
        where id = ${id}`.execute(kysely);
    },
    async again(next) {
      await sql`
        update cards set leased_until = null, attempts = attempts + 1, shape = ${next.drawStep},
          update_due_at = now() + make_interval(secs => ${next.seconds})
        where id = ${id}`.execute(kysely);
    },
    gone: ({ deleted }) => (deleted ? repost(deps, job) : leave(deps, job)),
    left: () => leave(deps, job),
  };
}

/** The card was deleted in Slack: posts it again, but only while the alert is open. */
async function repost({ db }: Deps, { id, line }: CardEdit): Promise<void> {
  const ofCard = sql`d.alert_id = gone.alert_id and d.line = ${line} and d.card_id = ${id}`;
  await sql`
    with gone as (
      delete from cards c using alerts a
      where c.id = ${id} and a.id = c.alert_id and a.status in ('OPEN', 'TRIAGED') returning c.alert_id
    ), again as (
      ${queuedAgain({ from: sql`gone`, where: ofCard }, { asked: false, error: "message_not_found" })}
    )
    update cards set gone = true, update_due_at = null, leased_until = null
    where id = ${id} and not exists (select from gone)`.execute(db.kysely);
}

/** Slack takes no further edit of the card; replies in its thread continue. */
async function leave({ db }: Deps, { id, wanted }: CardEdit): Promise<void> {
  await sql`
    update cards set leased_until = null, wrong_since = null,
      update_due_at = case when update_wanted = ${wanted} then null else update_due_at end
    where id = ${id}`.execute(db.kysely);
}
