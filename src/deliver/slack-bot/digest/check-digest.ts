import { sql } from "kysely";
import type { StandingDigest } from "./claim-digest.ts";
import { crowd, isLoud } from "../../../outbox/claim-line.ts";
import { spendUpdate } from "../../../queue/spend-update.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { confirmGathered } from "./gathered/confirm-gathered.ts";
import { gather } from "./gather.ts";
import { showDigest } from "./read-digest.ts";
import { decideLook, type Looked } from "./standing/decide-look.ts";
import { settleDrawing } from "./standing/settle-drawing.ts";
import { settleDrawingFault } from "./standing/settle-drawing-fault.ts";

/** A digest that has waited so long for the budget may take from what is kept for people. */
const patienceSeconds = 10;

/** Takes in what waits for a digest that stands in Slack, and edits it if it shows less than is true. */
export async function tendDigest(deps: Deps, digest: StandingDigest): Promise<void> {
  const gathered = digest.closed ? 0 : await gather(deps.db.kysely, digest);
  const look = decideLook({ ...digest, gathered, ...(await lookAround(deps, digest)) });
  if (look.kind === "leave") return settleDrawing(deps, digest, { kind: "left" });
  const of = digest.touched || digest.sinceDrawnSeconds > patienceSeconds ? "touched" : "any";
  if (!(await spendUpdate(deps.db.kysely, digest.installationId, of))) {
    return settleDrawing(deps, digest, { kind: "no-budget" });
  }
  const over = digest.closed || look.kind === "close";
  try {
    const { message, namesLoud, frozen } = await showDigest(deps, { ...digest, over });
    const client = await deps.clientFor(digest.installationId);
    await client.update({ channel: digest.channelId, ts: digest.ts, message });
    const confirmed = digest.closed ? 0 : await confirmGathered(deps.db, digest.id);
    await settleDrawing(deps, digest, { kind: "drawn", closed: over, namesLoud, frozen });
    deps.log({ digest: digest.id, line: digest.line, why: look.why, confirmed }, "digest drawn");
  } catch (fault) {
    await settleDrawingFault(deps, digest, fault);
  }
}

/** What has joined within a minute and what waits, each counted to one past a crowd. */
async function lookAround(
  { db }: Deps,
  { id, line, closed }: StandingDigest,
): Promise<Pick<Looked, "lately" | "waiting" | "loudWait">> {
  if (closed) return { lately: 0, waiting: 0, loudWait: false };
  const most = sql.lit(crowd + 1);
  const { rows } = await sql<Pick<Looked, "lately" | "waiting" | "loudWait">>`
    select
      (select count(*)::int from (select from deliveries where digest_id = ${id} and not asked and severity > 'INFO'
        and created_at > now() - interval '1 minute' limit ${most}) j) as lately,
      (select count(*)::int from (select distinct severity, number from deliveries
        where line = ${line} and state in ('waiting', 'sending') and severity > 'INFO'
        order by severity desc, number limit ${most}) w) as waiting,
      exists (select from deliveries
        where line = ${line} and state in ('waiting', 'sending') and ${isLoud}) as "loudWait"`.execute(
    db.kysely,
  );
  const [around] = rows;
  if (!around) throw new Error(`the line ${line} could not be counted`);
  return around;
}
