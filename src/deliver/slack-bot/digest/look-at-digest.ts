import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";
import { prepared, transaction } from "../../../db/transaction.ts";
import { want } from "../../../messages/want.ts";
import { getsOwnCard, stormThreshold } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { isGatherable } from "./gather.ts";

/** A digest in Slack that is due for a look. */
interface DueDigest extends Pick<LookState, "closed" | "dirty" | "namesLoud" | "sinceDrawnSeconds"> {
  id: string;
  line: string;
}

/** Claims one due digest together with the changes noted so far, by making it due again later. Null if none is due. */
export async function claimDigest({ db, pace }: Pick<Deps, "db" | "pace">): Promise<DueDigest | null> {
  const statement = sql<DueDigest>`
    with due as (
      select id from digests where due_at <= now()
      union
      select g.id from (select distinct digest_id from digest_changes) c join digests g on g.id = c.digest_id
        where g.drawn_at <= now() - make_interval(secs => ${pace.digestMerge})
    ), chosen as (
      select g.id from digests g join messages m on m.id = g.id and m.ts is not null
      where g.id in (select id from due) order by g.due_at limit 1 for update of g skip locked
    ), changes as (
      delete from digest_changes c using chosen where c.digest_id = chosen.id returning 1
    )
    update digests g set due_at = now() + make_interval(secs => ${pace.digestCheck}),
      dirty = dirty or exists (select from changes)
    from chosen where g.id = chosen.id
    returning g.id, g.line, g.closed_at is not null as closed, g.dirty, g.names_loud as "namesLoud",
      coalesce(extract(epoch from now() - g.drawn_at), 0)::float as "sinceDrawnSeconds"`;
  const [digest] = await prepared(db, "claim-digest", statement);
  return digest ?? null;
}

/** Has a digest drawn again if it shows less than is true. Returns whether it does. */
export async function lookAtDigest({ db, log }: Deps, digest: DueDigest): Promise<boolean> {
  const { id, line } = digest;
  const decision = decideLook({ ...digest, ...(await countLine(db.kysely, digest)) });
  await transaction(db, async (tx) => {
    await sql`
      update digests set dirty = false, due_at = case when closed_at is null then due_at end where id = ${id}`.execute(
      tx,
    );
    if (decision.kind === "draw") await want(tx, sql`(${id}::uuid)`);
  });
  if (decision.kind === "skip") return false;
  log({ digest: id, line, why: decision.why }, "digest drawn again");
  return true;
}

type Counts = Pick<LookState, "joining" | "recent" | "waiting" | "loudWait">;

/** How many alerts joined within a minute and how many wait, each counted up to `stormThreshold` + 1. */
export async function countLine(
  db: Database["kysely"],
  { id, line }: { id: string; line: string },
): Promise<Counts> {
  const limit = sql.lit(stormThreshold + 1);
  const { rows } = await sql<Counts>`
    select
      exists (select from deliveries w where ${isGatherable(line)}) as joining,
      (select count(*)::int from (select from deliveries where digest_id = ${id} and not asked and severity > 'INFO'
        and created_at > now() - interval '1 minute' limit ${limit}) j) as recent,
      (select count(*)::int from (select distinct severity, number from deliveries
        where line = ${line} and state in ('waiting', 'sending') and severity > 'INFO'
        order by severity desc, number limit ${limit}) w) as waiting,
      exists (select from deliveries
        where line = ${line} and state in ('waiting', 'sending') and ${getsOwnCard}) as "loudWait"`.execute(
    db,
  );
  const [counts] = rows;
  if (!counts) throw new Error(`the line ${line} could not be counted`);
  return counts;
}

/** The state of a digest in Slack. */
export interface LookState {
  closed: boolean;
  /** An alert in it has changed since it was drawn. */
  dirty: boolean;
  /** Alerts wait to be gathered. */
  joining: boolean;
  /** Alerts that joined within the last minute, and alerts that wait in the line, each up to `stormThreshold` + 1. */
  recent: number;
  waiting: number;
  /** Its last drawing named CRITICAL or HIGH alerts that wait for their card. */
  namesLoud: boolean;
  loudWait: boolean;
  sinceDrawnSeconds: number;
}

type LookDecision =
  | { kind: "draw"; why: "changed" | "cards were posted" | "the storm is over" }
  | { kind: "skip"; why: "unchanged" };

/** Loud cards go out one a second; showing only their progress is limited, because edits are scarce. */
const progressSeconds = 15;

export function decideLook(state: LookState): LookDecision {
  const { closed, dirty, joining, namesLoud, loudWait, sinceDrawnSeconds } = state;
  if (closed) return dirty ? { kind: "draw", why: "changed" } : { kind: "skip", why: "unchanged" };
  if (isOver(state)) return { kind: "draw", why: "the storm is over" };
  if (dirty || joining) return { kind: "draw", why: "changed" };
  const progress = (namesLoud || loudWait) && sinceDrawnSeconds >= progressSeconds;
  return progress ? { kind: "draw", why: "cards were posted" } : { kind: "skip", why: "unchanged" };
}

/** Whether the storm of an open digest is over. Later edits only update the counts. */
export function isOver({
  joining,
  recent,
  waiting,
}: Pick<LookState, "joining" | "recent" | "waiting">): boolean {
  return !joining && recent <= stormThreshold && waiting <= stormThreshold;
}
