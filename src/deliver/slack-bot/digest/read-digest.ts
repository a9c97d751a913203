import { sql } from "kysely";
import { applyDrawStep, drawSteps } from "../../../messages/draw-step.ts";
import { getsOwnCard } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import type { SlackMessage } from "../../../slack/message.ts";
import { type DigestView, drawDigest, type NamedAlert, type Tally } from "./draw-digest.ts";

interface DigestDrawing {
  id: string;
  line: string;
  redraws: number;
  shape: number;
  /** The storm is over. */
  over: boolean;
  note?: string;
}

interface DrawnDigest {
  message: SlackMessage;
  /** It names CRITICAL or HIGH alerts that wait for their cards. */
  namesLoud: boolean;
  /** Nothing was gathered and no loud alert waits. */
  empty: boolean;
  /** No destination uses the channel any more, so this edit is the last. */
  frozen: boolean;
}

const frozenNote = "The destination was deleted in Tocsin. This message is no longer kept up to date.";

/** Draws a digest from the current state of its alerts. */
export async function drawCurrentDigest(deps: Deps, drawing: DigestDrawing): Promise<DrawnDigest> {
  const [{ timezone, frozen }, gathered, loud] = await Promise.all([
    readChannelSettings(deps, drawing.line),
    readGathered(deps, drawing),
    drawing.over ? noLoudAlerts : readLoud(deps, drawing.line),
  ]);
  const loudWaiting = loud.critical + loud.high;
  const note = frozen ? frozenNote : drawing.note;
  const view: DigestView = {
    ...gathered,
    id: drawing.id,
    redraws: drawing.redraws,
    timezone,
    listUrl: `${deps.publicUrl}/alerts?${gathered.span ? gatheredFilter(drawing.id) : loudFilter}`,
    over: drawing.over,
    loud,
    now: deps.clock(),
    ...(note === undefined ? {} : { note }),
  };
  return {
    message: applyDrawStep(drawDigest(view), drawSteps[drawing.shape] ?? "text-only"),
    namesLoud: loudWaiting > 0,
    empty: gathered.span === null && loudWaiting === 0,
    frozen,
  };
}

const loudFilter = "severity=CRITICAL,HIGH";

/** All gathered alerts, whatever their status. */
function gatheredFilter(digestId: string): string {
  return `digest=${digestId}&status=OPEN,TRIAGED,RESOLVED,CLOSED`;
}

async function readChannelSettings(
  { db }: Deps,
  line: string,
): Promise<{ timezone: string; frozen: boolean }> {
  const { rows } = await sql<{ timezone: string; frozen: boolean }>`
    select timezone, deleted_at is not null as frozen from destinations where line = ${line}
    order by deleted_at desc nulls first, created_at limit 1`.execute(db.kysely);
  return rows[0] ?? { timezone: "UTC", frozen: true };
}

interface Gathered {
  gathered: Tally[];
  detections: DigestView["detections"];
  menu: NamedAlert[];
  span: DigestView["span"];
}

const topDetections = 8;
const maxInMenu = 100;

/** Counts in the database, so the result is small however many alerts were gathered. */
async function readGathered({ db }: Deps, { id, line }: DigestDrawing): Promise<Gathered> {
  const { rows } = await sql<{
    tallies: Tally[];
    detections: { name: string; count: number; groups: number }[];
    menu: NamedAlert[];
    first: Date | null;
    last: Date | null;
  }>`
    with members as materialized (
      select distinct on (a.id) a.id, a.number, a.severity, a.status, a.assignee_id is not null as assigned,
        a.source_id, coalesce(nullif(a.detection_id, ''), a.title) as rule, a.detection_name, a.created_at, d.state, left(a.title, 200) as title
      from deliveries d join alerts a on a.id = d.alert_id
      where d.digest_id = ${id} and d.line = ${line} and d.state in ('waiting', 'sending', 'sent', 'digested')
      order by a.id
    ), tallies as (
      select severity, status, assigned, count(*)::int from members group by 1, 2, 3
    ), detections as (
      select left(coalesce(max(detection_name), rule), 200) as name, count(*)::int,
        (count(*) over ())::int as groups
      from members group by source_id, rule order by 2 desc, 1 limit ${topDetections}
    ), menu as (
      select id, number, severity, title from members where state in ('waiting', 'digested')
      order by status in ('OPEN', 'TRIAGED') desc, severity desc, number limit ${maxInMenu}
    )
    select coalesce((select json_agg(t) from tallies t), '[]') as tallies,
      coalesce((select json_agg(d) from detections d), '[]') as detections,
      coalesce((select json_agg(m) from menu m), '[]') as menu,
      (select min(created_at) from members) as first, (select max(created_at) from members) as last`.execute(
    db.kysely,
  );
  const [found] = rows;
  if (!found) throw new Error(`the digest ${id} could not be counted`);
  const { tallies, detections, menu, first, last } = found;
  const others = (detections[0]?.groups ?? 0) - detections.length;
  return {
    gathered: tallies,
    detections: { top: detections, others },
    menu,
    span: first && last && { from: first, to: last },
  };
}

const noLoudAlerts: DigestView["loud"] = { critical: 0, high: 0, first: [] };
const maxLoudNamed = 10;

async function readLoud({ db }: Deps, line: string): Promise<DigestView["loud"]> {
  const waiting = sql`line = ${line} and state in ('waiting', 'sending') and ${getsOwnCard}`;
  const { rows } = await sql<{ critical: number; high: number; first: NamedAlert[] }>`
    with waiting as materialized (select distinct severity, number, alert_id from deliveries where ${waiting}),
    first as (
      select a.id, a.number, w.severity, left(a.title, 200) as title
      from (select * from waiting order by severity desc, number limit ${maxLoudNamed}) w
      join alerts a on a.id = w.alert_id order by w.severity desc, a.number
    )
    select count(*) filter (where severity = 'CRITICAL')::int as critical,
      count(*) filter (where severity = 'HIGH')::int as high,
      coalesce((select json_agg(f) from first f), '[]') as first from waiting`.execute(db.kysely);
  return rows[0] ?? noLoudAlerts;
}
