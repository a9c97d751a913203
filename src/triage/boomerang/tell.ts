import { sql } from "kysely";
import type { Actor, Via } from "../../alert/actor.ts";
import type { HistoryEvent } from "../../alert/history-event.ts";
import type { Person } from "../../alert/person.ts";
import type { Transaction } from "../../db/transaction.ts";
import { record } from "../../history/append.ts";
import { sentence } from "../../history/sentence.ts";

interface Told {
  alertId: string;
  event: HistoryEvent;
  actor: Actor;
  via: Via;
  /** Who is mentioned, in the card's thread; where there is no card, they get a direct message. */
  notify: Person | null;
  boomerang: { installationId: string; cardId: string | null };
}

/** Tells the history, and with it the card's thread, what came of a question. */
export async function tell(tx: Transaction, { notify, boomerang, ...entry }: Told): Promise<void> {
  await record(tx, entry);
  if (!notify || boomerang.cardId !== null) return;
  await sql`
    insert into direct_notes (id, installation_id, user_id, alert_id, words)
    values (gen_random_uuid(), ${boomerang.installationId}, ${notify.id}, ${entry.alertId},
      ${sentence(entry.event, entry.actor)})`.execute(tx);
}
