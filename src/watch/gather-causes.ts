import { type Kysely, sql } from "kysely";
import type { FaultCause } from "../alert/destination.ts";
import { installationState } from "../connect/installations/installations.ts";
import type { Tables } from "../db/tables/tables.ts";
import { streamRemedy } from "../deliver/audit-stream/stream-remedy.ts";
import { readBrokenStreams } from "../deliver/audit-stream/streams.ts";
import { findType } from "../deliver/destination-types.ts";
import { remedyText } from "../slack/client/remedy.ts";
import { isAppFault } from "../slack/client/slack-fault.ts";
import { missingScopes, neededScopes } from "../slack/scopes.ts";

/**
 * How a cause is reported. `mail` (and banner): only alerts about the setup wait, and these raise no further alert.
 * `banner` only: it has never worked, such as a channel that the bot has not been invited to yet.
 */
type Urgency = "banner" | "mail" | "alert";

/** One broken thing with the destinations that it affects. */
export interface BrokenCause {
  cause: FaultCause;
  fault: string;
  /** What is broken, such as `#security` or `Slack (ACME)`. */
  name: string;
  /** What it means and what to do. */
  remedy: string;
  since: Date | null;
  destinations: { id: string; name: string }[];
  waiting: number;
  urgency: Urgency;
}

/** Everything that is broken now: what destinations need, and the receivers of the audit log. */
export async function readCauses(db: Kysely<Tables>): Promise<BrokenCause[]> {
  const [destinations, streams] = await Promise.all([readBroken(db), streamCauses(db)]);
  return [...gatherCauses(destinations), ...streams];
}

/** A receiver that a person has to look after. Entries wait in the log itself, so it costs no alerts. */
async function streamCauses(db: Kysely<Tables>): Promise<BrokenCause[]> {
  const broken = await readBrokenStreams(db);
  return broken.map(({ kind, place, code, since }) => ({
    ...{
      cause: `audit:${kind}` as const,
      fault: code,
      name: place,
      remedy: streamRemedy(code, place),
      since,
    },
    ...{ destinations: [], waiting: 0, urgency: "alert" as const },
  }));
}

/** Groups broken destinations by cause: one app or one line can break several. */
export function gatherCauses(rows: readonly BrokenRow[]): BrokenCause[] {
  const gathered = new Map<FaultCause, BrokenCause>();
  for (const one of rows.flatMap((row) => [...appCauses(row), ...lineCauses(row)])) {
    const known = gathered.get(one.cause);
    gathered.set(one.cause, known ? merge(known, one) : one);
  }
  return [...gathered.values()];
}

const urgencies: readonly Urgency[] = ["banner", "mail", "alert"];

function merge(known: BrokenCause, one: BrokenCause): BrokenCause {
  return {
    ...known,
    destinations: [...known.destinations, ...one.destinations],
    waiting: known.waiting + one.waiting,
    urgency: urgencies.indexOf(one.urgency) > urgencies.indexOf(known.urgency) ? one.urgency : known.urgency,
  };
}

function appCauses(row: BrokenRow): BrokenCause[] {
  const { app, lineFault } = row;
  if (!app) return [];
  const missing = missingScopes(app.scopes, "without-mirror");
  const metFault = lineFault && isAppFault(lineFault) ? lineFault : null;
  const state = installationState({ fault: app.fault, missing });
  if (state.kind === "ok" && !metFault) return [];
  const fault = state.kind === "ok" ? (metFault ?? "") : state.fault;
  const remedy = state.kind === "ok" ? remedyText(fault) : state.remedy;
  const urgency = state.kind === "ok" ? urgencyOf(row) : "alert";
  const named = { cause: `app:${app.id}` as const, name: `Slack (${app.workspace})` };
  return [{ ...common(row), ...named, fault, remedy, since: metFault ? row.lineSince : null, urgency }];
}

function lineCauses(row: BrokenRow): BrokenCause[] {
  const { app, lineFault, line, target } = row;
  if (!lineFault || (app && isAppFault(lineFault))) return [];
  const known = findType(row.type)?.remedy(lineFault, { place: target, botName: app?.botName ?? null });
  const remedy = known ? `${known.means} ${known.todo}` : `Deliveries are refused (${lineFault}).`;
  const cause = `line:${line}` as const;
  return [{ ...common(row), cause, fault: lineFault, remedy, name: target, urgency: urgencyOf(row) }];
}

function common({ destination, lineSince, waiting }: BrokenRow) {
  return { destinations: [destination], since: lineSince, waiting };
}

function urgencyOf({ othersWait, waiting, delivered }: BrokenRow): Urgency {
  if (othersWait) return "alert";
  if (waiting > 0) return "mail";
  return delivered ? "alert" : "banner";
}

/** An enabled destination whose line or app has a fault, or whose app lacks scopes. */
export interface BrokenRow {
  destination: { id: string; name: string };
  /** The name of its destination type. */
  type: string;
  line: string;
  /** Such as `#security`, or the place of another destination. */
  target: string;
  lineFault: string | null;
  lineSince: Date | null;
  app: {
    id: string;
    workspace: string;
    fault: string | null;
    scopes: string[] | null;
    botName: string | null;
  } | null;
  /** How many of its alerts wait. */
  waiting: number;
  /** Whether an alert that is not about the setup waits in its line. */
  othersWait: boolean;
  /** Whether it has worked before. */
  delivered: boolean;
}

/** Reads the broken destinations. Runs every second; working destinations cost only the joins. */
async function readBroken(db: Kysely<Tables>): Promise<BrokenRow[]> {
  const { rows } = await sql<BrokenRow>`
    select json_build_object('id', d.id, 'name', d.display_name) as destination, d.type, d.line,
      coalesce('#' || d.channel_name, d.place, d.display_name) as target,
      l.fault as "lineFault", l.fault_since as "lineSince",
      case when i.id is not null then json_build_object('id', i.id, 'fault', i.fault, 'scopes', i.scopes,
        'botName', i.bot_name,
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
    where d.deleted_at is null and d.enabled
      and (l.fault is not null or i.fault is not null or not i.scopes @> ${neededScopes.map(({ name }) => name)}::text[])
    order by d.created_at`.execute(db);
  return rows;
}
