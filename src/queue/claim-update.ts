import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { prepared } from "../db/prepared.ts";

/** A card that shows less than its alert says. */
export interface UpdateJob {
  cardId: string;
  installationId: string;
  /** What was wanted when it was claimed: more may come while it is drawn. */
  wanted: number;
}

/**
 * Slack takes about 50 `chat.update` a minute and workspace (Tier 3). At most `burst` at once and one each
 * `intervalSeconds` after that stay below in any minute: 15 + 60 / 1.8 = 48.
 */
const burst = 15;
const intervalSeconds = 1.8;
const leaseSeconds = 15;

/**
 * Takes one due card for which its workspace has budget left, and spends it: cards that people have just
 * touched first, then open alerts by severity. Many changes of a card are one update.
 */
export async function claimUpdate(db: Database): Promise<UpdateJob | null> {
  const statement = sql<UpdateJob>`
    with budget as (
      select id from installations i
      where updates_open_at <= now()
        and updates_spent_until <= now() + make_interval(secs => ${(burst - 1) * intervalSeconds})
        and (select true from cards c join lines l on l.key = c.line
          where l.installation_id = i.id and c.update_due_at <= now()
            and (c.leased_until is null or c.leased_until <= now()) limit 1)
      limit 1 for no key update skip locked
    ), card as (
      select c.id, c.update_wanted from budget b
      join lines l on l.installation_id = b.id
      join cards c on c.line = l.key
      join alerts a on a.id = c.alert_id
      where c.update_due_at <= now() and (c.leased_until is null or c.leased_until <= now())
      order by (c.touched_at > now() - interval '1 minute') desc nulls last, c.touched_at desc nulls last,
        (a.status in ('OPEN', 'TRIAGED')) desc, a.severity desc, c.update_due_at
      limit 1 for update of c skip locked
    ), leased as (
      update cards set leased_until = now() + make_interval(secs => ${leaseSeconds})
      from card where cards.id = card.id
    ), spent as (
      update installations i
      set updates_spent_until = greatest(updates_spent_until, now()) + make_interval(secs => ${intervalSeconds})
      from budget, card where i.id = budget.id
    )
    select card.id as "cardId", budget.id as "installationId", card.update_wanted as wanted
    from card, budget`;
  const [job] = await prepared(db, "claim-update", statement);
  return job ?? null;
}
