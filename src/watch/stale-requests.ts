import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { notify } from "../db/notify.ts";
import type { Tables } from "../db/tables/tables.ts";

const name = "stale_slack_requests";
/** So many within this time mean a wrong clock; one may be a late or repeated request. */
const [needed, withinMinutes] = [3, 10];
/** Requests of one cause have about the same age. */
const spreadSeconds = 120;

const stored = z.array(z.object({ at: z.number(), offset: z.number() })).catch([]);

/** Notes a request of Slack that was refused as stale; `offset` is how many seconds this clock is ahead of its time. */
export async function noteStale(db: Kysely<Tables>, offset: number): Promise<void> {
  const entry = sql`jsonb_build_object('at', extract(epoch from now()), 'offset', ${offset}::float8)`;
  await sql`
    insert into settings (name, value) values (${name}, jsonb_build_array(${entry}))
    on conflict (name) do update set value = jsonb_build_array(${entry}) || coalesce((
      select jsonb_agg(one order by n) from jsonb_array_elements(settings.value) with ordinality as kept (one, n)
      where n < ${needed}), '[]')`.execute(db);
  await notify(db, { settings: "faults" });
}

/** A clock that is wrong, as Slack's requests show. */
export interface WrongClock {
  since: Date;
  remedy: string;
}

/** Whether Slack's requests are being refused as stale; null once one was accepted. */
export async function readWrongClock(db: Kysely<Tables>): Promise<WrongClock | null> {
  const { rows } = await sql<{ value: unknown; now: number; accepted: number | null }>`
    select value, extract(epoch from now())::float8 as now,
      (select extract(epoch from max(received_at))::float8 from slack_inbox) as accepted
    from settings where name = ${name}`.execute(db);
  const [row] = rows;
  return row ? decideClock(stored.parse(row.value), row) : null;
}

/** Decides from the last refused requests, newest first; times are in seconds. */
export function decideClock(
  refused: readonly { at: number; offset: number }[],
  { now, accepted }: { now: number; accepted: number | null },
): WrongClock | null {
  const recent = refused.slice(0, needed).filter(({ at }) => now - at < withinMinutes * 60);
  const [first, oldest] = [recent[0], recent.at(-1)];
  if (!first || !oldest || recent.length < needed) return null;
  if (recent.some(({ offset }) => Math.abs(offset - first.offset) > spreadSeconds)) return null;
  if (accepted !== null && accepted > oldest.at && accepted <= now) return null;
  return { since: new Date(oldest.at * 1000), remedy: remedyOf(first.offset) };
}

function remedyOf(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60);
  const where = offset > 0 ? "ahead of" : "behind";
  return `The clock of Tocsin's machine is about ${minutes} minutes ${where} the time in Slack's requests. Beyond five minutes they are refused, so clicks in Slack do nothing. Set the clock by NTP (timedatectl shows it). If it is right, something on the way holds the requests back or repeats old ones.`;
}
