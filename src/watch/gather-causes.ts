import { type Kysely, sql } from "kysely";
import type { FaultCause } from "../alert/destination.ts";
import { installationState } from "../connect/installations/installations.ts";
import type { Tables } from "../db/tables/tables.ts";
import { webhookRemedy } from "../deliver/events/event-fault.ts";
import { remedyText } from "../slack/client/remedy.ts";
import { isAppFault } from "../slack/client/slack-fault.ts";
import { missingScopes, neededScopes } from "../slack/scopes.ts";

/**
 * Who has to hear of it. `mail`: only alerts about set-up wait there, and no alert is raised about those.
 * `banner`: it was never whole, as a channel that the bot has yet to be invited to.
 */
type News = "banner" | "mail" | "alert";

/** One thing that is broken, with all that it breaks. */
export interface BrokenCause {
  cause: FaultCause;
  fault: string;
  /** What is broken, as `#security` or `Slack (ACME)`. */
  name: string;
  /** What it means and what to do. */
  remedy: string;
  since: Date | null;
  destinations: { id: string; name: string }[];
  waiting: number;
  news: News;
}

/** The causes behind what is broken: what one app or one line does to several destinations is one. */
export function gatherCauses(rows: readonly BrokenRow[]): BrokenCause[] {
  const gathered = new Map<FaultCause, BrokenCause>();
  for (const one of rows.flatMap((row) => [...ofApp(row), ...ofLine(row)])) {
    const known = gathered.get(one.cause);
    gathered.set(one.cause, known ? joined(known, one) : one);
  }
  return [...gathered.values()];
}

const order: readonly News[] = ["banner", "mail", "alert"];

function joined(known: BrokenCause, one: BrokenCause): BrokenCause {
  return {
    ...known,
    destinations: [...known.destinations, ...one.destinations],
    waiting: known.waiting + one.waiting,
    news: order.indexOf(one.news) > order.indexOf(known.news) ? one.news : known.news,
  };
}

function ofApp(row: BrokenRow): BrokenCause[] {
  const { app, lineFault } = row;
  if (!app) return [];
  const missing = missingScopes(app.scopes, "without-mirror");
  const met = lineFault && isAppFault(lineFault) ? lineFault : null;
  const state = installationState({ fault: app.fault, missing });
  if (state.kind === "ok" && !met) return [];
  const fault = state.kind === "ok" ? (met ?? "") : state.fault;
  const remedy = state.kind === "ok" ? remedyText(fault) : state.remedy;
  const news = state.kind === "ok" ? newsOf(row) : "alert";
  const named = { cause: `app:${app.id}` as const, name: `Slack (${app.workspace})` };
  return [{ ...common(row), ...named, fault, remedy, since: met ? row.lineSince : null, news }];
}

function ofLine(row: BrokenRow): BrokenCause[] {
  const { app, lineFault, line, place } = row;
  if (!lineFault || (app && isAppFault(lineFault))) return [];
  const { means, todo } = webhookRemedy(lineFault, place);
  const remedy = app ? remedyText(lineFault, { channelName: place }) : `${means} ${todo}`;
  const cause = `line:${line}` as const;
  return [{ ...common(row), cause, fault: lineFault, remedy, name: place, news: newsOf(row) }];
}

function common({ destination, lineSince, waiting }: BrokenRow) {
  return { destinations: [destination], since: lineSince, waiting };
}

function newsOf({ othersWait, waiting, delivered }: BrokenRow): News {
  if (othersWait) return "alert";
  if (waiting > 0) return "mail";
  return delivered ? "alert" : "banner";
}

/** A destination in use that can't get its alerts, or whose app may do less than it has to. */
export interface BrokenRow {
  destination: { id: string; name: string };
  line: string;
  /** As `#security`, or the host of a webhook. */
  place: string;
  lineFault: string | null;
  lineSince: Date | null;
  app: { id: string; workspace: string; fault: string | null; scopes: string[] } | null;
  /** Its alerts that wait. */
  waiting: number;
  /** In its line something waits that isn't itself about what is broken. */
  othersWait: boolean;
  /** It has worked before. */
  delivered: boolean;
}

/** Reads what is broken at this moment. Looked at every second: the many that work cost one join. */
export async function readBroken(db: Kysely<Tables>): Promise<BrokenRow[]> {
  const { rows } = await sql<BrokenRow>`
    select json_build_object('id', d.id, 'name', d.display_name) as destination, d.line,
      coalesce('#' || d.channel_name, substring(w.url from '^[a-z]+://([^/?#]+)'), d.display_name) as place,
      l.fault as "lineFault", l.fault_since as "lineSince",
      case when i.id is not null then json_build_object('id', i.id, 'fault', i.fault, 'scopes', i.scopes,
        'workspace', coalesce(i.team_name, i.enterprise_name, i.team_id, i.enterprise_id)) end as app,
      (select count(*)::int from deliveries q where q.line = d.line and q.destination_id = d.id
        and q.state in ('waiting', 'sending')) as waiting,
      coalesce((select true from deliveries q join alerts a on a.id = q.alert_id
        where q.line = d.line and q.state in ('waiting', 'sending') and a.type <> 'SYSTEM_ERROR' limit 1),
        false) as "othersWait",
      coalesce((select true from deliveries q where q.destination_id = d.id and q.state = 'sent' limit 1),
        false) as delivered
    from destinations d
    left join lines l on l.key = d.line
    left join installations i on i.id = d.installation_id
    left join webhooks w on w.destination_id = d.id
    where d.deleted_at is null and d.enabled
      and (l.fault is not null or i.fault is not null or not i.scopes @> ${neededScopes.map(({ name }) => name)}::text[])
    order by d.created_at`.execute(db);
  return rows;
}
