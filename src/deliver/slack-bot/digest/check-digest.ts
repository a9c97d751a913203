import { sql } from "kysely";
import { spendEdit } from "../../../messages/claim-edit.ts";
import { getsOwnCard, stormThreshold } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import type { StandingDigest } from "./claim-digest.ts";
import { settleDrawing, settleDrawingFault } from "./digest-message.ts";
import { confirmGathered, gather } from "./gather.ts";
import { showDigest } from "./read-digest.ts";

/** A digest that has waited so long for the budget may take from what is kept for people. */
const patienceSeconds = 10;

/** Takes in what waits for a digest that stands in Slack, and edits it if it shows less than is true. */
export async function checkDigest(deps: Deps, digest: StandingDigest): Promise<void> {
  const gathered = digest.closed ? 0 : await gather(deps.db.kysely, digest);
  const look = decideLook({ ...digest, gathered, ...(await lookAround(deps, digest)) });
  if (look.kind === "leave") return settleDrawing(deps, digest, { kind: "left" });
  const of = digest.touched || digest.sinceDrawnSeconds > patienceSeconds ? "touched" : "any";
  if (!(await spendEdit(deps.db.kysely, digest.installationId, of))) {
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
  const most = sql.lit(stormThreshold + 1);
  const { rows } = await sql<Pick<Looked, "lately" | "waiting" | "loudWait">>`
    select
      (select count(*)::int from (select from deliveries where digest_id = ${id} and not asked and severity > 'INFO'
        and created_at > now() - interval '1 minute' limit ${most}) j) as lately,
      (select count(*)::int from (select distinct severity, number from deliveries
        where line = ${line} and state in ('waiting', 'sending') and severity > 'INFO'
        order by severity desc, number limit ${most}) w) as waiting,
      exists (select from deliveries
        where line = ${line} and state in ('waiting', 'sending') and ${getsOwnCard}) as "loudWait"`.execute(
    db.kysely,
  );
  const [around] = rows;
  if (!around) throw new Error(`the line ${line} could not be counted`);
  return around;
}

/** What a look at a standing digest found. */
export interface Looked {
  closed: boolean;
  dirty: boolean;
  /** Taken in at this look. */
  gathered: number;
  /** Alerts that joined within the last minute, and that wait in the line; both are counted only past a crowd. */
  lately: number;
  waiting: number;
  namesLoud: boolean;
  loudWait: boolean;
  sinceDrawnSeconds: number;
}

type Look =
  | { kind: "draw"; why: "it has changed" | "cards went out meanwhile" }
  /** Its last drawing for the storm; from here on only what it counts may change. */
  | { kind: "close"; why: "the storm is over" }
  | { kind: "leave"; why: "nothing is new" };

/** Cards of a long queue go out one a second: that alone is told seldom, since edits are few. */
const progressSeconds = 15;

export function decideLook(looked: Looked): Look {
  const { closed, dirty, gathered, lately, waiting, namesLoud, loudWait, sinceDrawnSeconds } = looked;
  const over = !closed && gathered === 0 && lately <= stormThreshold && waiting <= stormThreshold;
  if (over) return { kind: "close", why: "the storm is over" };
  if (dirty || gathered > 0) return { kind: "draw", why: "it has changed" };
  const progress = !closed && (namesLoud || loudWait) && sinceDrawnSeconds >= progressSeconds;
  return progress
    ? { kind: "draw", why: "cards went out meanwhile" }
    : { kind: "leave", why: "nothing is new" };
}
