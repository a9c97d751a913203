import { sql } from "kysely";
import { spendEdit } from "../../../messages/claim-edit.ts";
import { getsOwnCard, stormThreshold } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import type { ClaimedDigest } from "./claim-digest.ts";
import { settleEdit, settleEditFault } from "./digest-message.ts";
import { confirmGathered, gather } from "./gather.ts";
import { drawCurrentDigest } from "./read-digest.ts";

/** After so many seconds of waiting for the budget, a digest may use the edits that are kept for people. */
const patienceSeconds = 10;

/** Gathers waiting deliveries into a digest that is in Slack, and edits the digest if it is out of date. */
export async function checkDigest(deps: Deps, digest: ClaimedDigest): Promise<void> {
  const gathered = digest.closed ? 0 : await gather(deps.db.kysely, digest);
  const decision = decideEdit({ ...digest, gathered, ...(await countLine(deps, digest)) });
  if (decision.kind === "skip") return settleEdit(deps, digest, { kind: "skipped" });
  const of = digest.touched || digest.sinceDrawnSeconds > patienceSeconds ? "touched" : "any";
  if (!(await spendEdit(deps.db.kysely, digest.installationId, of))) {
    return settleEdit(deps, digest, { kind: "no-budget" });
  }
  const over = digest.closed || decision.kind === "close";
  try {
    const { message, namesLoud, frozen } = await drawCurrentDigest(deps, { ...digest, over });
    const client = await deps.clientFor(digest.installationId);
    await client.update({ channel: digest.channelId, ts: digest.ts, message });
    const confirmed = digest.closed ? 0 : await confirmGathered(deps.db, digest.id);
    await settleEdit(deps, digest, { kind: "edited", closed: over, namesLoud, frozen });
    deps.log({ digest: digest.id, line: digest.line, why: decision.why, confirmed }, "digest edited");
  } catch (fault) {
    await settleEditFault(deps, digest, fault);
  }
}

/** How many alerts joined within a minute and how many wait, each counted up to `stormThreshold` + 1. */
async function countLine(
  { db }: Deps,
  { id, line, closed }: ClaimedDigest,
): Promise<Pick<DigestState, "recent" | "waiting" | "loudWait">> {
  if (closed) return { recent: 0, waiting: 0, loudWait: false };
  const limit = sql.lit(stormThreshold + 1);
  const { rows } = await sql<Pick<DigestState, "recent" | "waiting" | "loudWait">>`
    select
      (select count(*)::int from (select from deliveries where digest_id = ${id} and not asked and severity > 'INFO'
        and created_at > now() - interval '1 minute' limit ${limit}) j) as recent,
      (select count(*)::int from (select distinct severity, number from deliveries
        where line = ${line} and state in ('waiting', 'sending') and severity > 'INFO'
        order by severity desc, number limit ${limit}) w) as waiting,
      exists (select from deliveries
        where line = ${line} and state in ('waiting', 'sending') and ${getsOwnCard}) as "loudWait"`.execute(
    db.kysely,
  );
  const [counts] = rows;
  if (!counts) throw new Error(`the line ${line} could not be counted`);
  return counts;
}

/** The state of a digest in Slack. */
export interface DigestState {
  closed: boolean;
  dirty: boolean;
  /** Deliveries that were gathered just now. */
  gathered: number;
  /** Alerts that joined within the last minute, and alerts that wait in the line, each up to `stormThreshold` + 1. */
  recent: number;
  waiting: number;
  namesLoud: boolean;
  loudWait: boolean;
  sinceDrawnSeconds: number;
}

type EditDecision =
  | { kind: "edit"; why: "changed" | "cards were posted" }
  /** The storm is over; later edits only update the counts. */
  | { kind: "close"; why: "the storm is over" }
  | { kind: "skip"; why: "unchanged" };

/** Loud cards go out one a second; showing only their progress is limited, because edits are scarce. */
const progressSeconds = 15;

export function decideEdit(state: DigestState): EditDecision {
  const { closed, dirty, gathered, recent, waiting, namesLoud, loudWait, sinceDrawnSeconds } = state;
  const over = !closed && gathered === 0 && recent <= stormThreshold && waiting <= stormThreshold;
  if (over) return { kind: "close", why: "the storm is over" };
  if (dirty || gathered > 0) return { kind: "edit", why: "changed" };
  const progress = !closed && (namesLoud || loudWait) && sinceDrawnSeconds >= progressSeconds;
  return progress ? { kind: "edit", why: "cards were posted" } : { kind: "skip", why: "unchanged" };
}
