import { sql } from "kysely";
import { transaction } from "../../../db/transaction.ts";
import type { ClaimedLine, PostJob } from "../../../outbox/claim-line.ts";
import { releaseLine } from "../../../outbox/lines.ts";
import type { Deps } from "../../../outbox/deps.ts";

/** Puts a delivery back until its card can be looked for; the others of its line go on. */
export async function lookLater(
  deps: Deps,
  line: ClaimedLine,
  { job, seconds }: { job: PostJob; seconds: number },
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`
      update deliveries set state = 'waiting', attempts = attempts - 1,
        run_at = case when seen_ts is null then now() + make_interval(secs => ${seconds}) else now() end
      where id = ${job.deliveryId} and state = 'sending'
        and exists (select from lines where key = ${line.key} and leased_by = ${deps.me})`.execute(tx);
    await releaseLine(tx, { key: line.key, me: deps.me, end: { kind: "unused" } });
  });
}
