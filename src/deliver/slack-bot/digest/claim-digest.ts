import { sql } from "kysely";
import { prepared } from "../../../db/transaction.ts";
import type { Deps } from "../../../outbox/deps.ts";

/** A digest in Slack that may be out of date, claimed by this node. */
export interface ClaimedDigest {
  id: string;
  line: string;
  installationId: string;
  channelId: string;
  ts: string;
  createdAt: Date;
  /** The storm is over; no alert joins any more. */
  closed: boolean;
  shape: number;
  /** The block version. If it changes during an edit, another edit is due. */
  redraws: number;
  /** An alert in it has changed since the last edit. */
  dirty: boolean;
  /** Somebody used its menu within the last minute. */
  touched: boolean;
  /** Its last edit named CRITICAL or HIGH alerts that wait for their card. */
  namesLoud: boolean;
  sinceDrawnSeconds: number;
  faults: number;
}

/** Claims one due digest together with the changes noted so far. Null if none is due. */
export async function claimDigest({ db, pace }: Pick<Deps, "db" | "pace">): Promise<ClaimedDigest | null> {
  const statement = sql<ClaimedDigest>`
    with due as (
      select id from digests where due_at <= now()
      union
      select g.id from (select distinct digest_id from digest_changes) c join digests g on g.id = c.digest_id
        where g.drawn_at <= now() - make_interval(secs => ${pace.digestMerge})
    ), chosen as (
      select g.id from digests g
      where g.id in (select id from due) and g.ts is not null and not g.gone
        and (g.leased_until is null or g.leased_until <= now())
      order by g.touched_at desc nulls last limit 1 for update skip locked
    ), changes as (
      delete from digest_changes c using chosen where c.digest_id = chosen.id returning 1
    )
    update digests g set leased_until = now() + make_interval(secs => ${pace.jobLease}), due_at = now(),
      dirty = dirty or exists (select from changes)
    from chosen, lines l where g.id = chosen.id and l.key = g.line
    returning g.id, g.line, l.installation_id as "installationId", l.channel_id as "channelId", g.ts,
      g.created_at as "createdAt", g.closed_at is not null as closed, g.shape, g.redraws, g.dirty,
      coalesce(g.touched_at > now() - interval '1 minute', false) as touched, g.names_loud as "namesLoud",
      coalesce(extract(epoch from now() - g.drawn_at), 0)::float as "sinceDrawnSeconds", g.faults`;
  const [digest] = await prepared(db, "claim-digest", statement);
  return digest ?? null;
}
