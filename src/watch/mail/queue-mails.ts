import { sql } from "kysely";
import type { Permission } from "../../alert/permission.ts";
import type { Transaction } from "../../db/transaction.ts";

/** Who can put it right. */
const managers: Permission = "Manage Destinations";

/** Queues a mail about a fault to each who can put it right, as they are at this moment. */
export async function queueMails(tx: Transaction, faultId: string): Promise<void> {
  await sql`
    insert into fault_mails (id, fault_id, about, address)
    select gen_random_uuid(), ${faultId}, 'broken', u.email
    from users u join roles r on r.id = u.role_id
    where u.enabled and r.permissions @> array[${managers}]::text[]
    on conflict do nothing`.execute(tx);
}

/** The fault is over: who was told of it hears so; what nobody was told yet needn't be told any more. */
export async function endMails(tx: Transaction, faultId: string): Promise<void> {
  await sql`
    insert into fault_mails (id, fault_id, about, address)
    select gen_random_uuid(), fault_id, 'over', address from fault_mails
    where fault_id = ${faultId} and about = 'broken' and sent_at is not null
    on conflict do nothing`.execute(tx);
  await sql`
    update fault_mails set due_at = null
    where fault_id = ${faultId} and about = 'broken' and sent_at is null`.execute(tx);
}
