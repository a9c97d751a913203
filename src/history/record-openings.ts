import type { Actor } from "../alert/actor.ts";
import { systemActor } from "../alert/actor.ts";
import type { RouteTold } from "../alert/history-event.ts";
import type { Severity } from "../alert/severity.ts";
import type { Hot, Statement } from "../db/intake-transaction.ts";

export interface Opening {
  alertId: string;
  severity: Severity;
  actor: Actor;
  route: RouteTold;
}

const statement: Statement = {
  name: "record-openings",
  text: `
    insert into history (alert_id, seq, actor_type, actor_id, actor_name, via, kind, data)
    select alert_id, seq, actor_type, actor_id, actor_name, via, kind, data
    from json_to_recordset($1::json) as h(alert_id uuid, seq int, actor_type actor_type, actor_id text,
      actor_name text, via via, kind text, data jsonb)`,
};

/** The first entries of alerts that this transaction opens; their rows already count them. */
export async function recordOpenings(hot: Hot, openings: Opening[]): Promise<void> {
  if (openings.length === 0) return;
  await hot(statement, [JSON.stringify(openings.flatMap(entries))]);
}

/** How many entries the history of an alert of this severity begins with. */
export function openingEntries(severity: Severity): number {
  return severity === "INFO" ? 2 : 1;
}

function entries({ alertId, severity, actor, route }: Opening) {
  const opened = {
    ...by(alertId, 1, actor),
    via: actor.type === "system" ? "system" : "source",
    kind: "opened",
    data: { severity, route },
  };
  if (severity !== "INFO") return [opened];
  return [opened, { ...by(alertId, 2, systemActor), via: "system", kind: "informational", data: {} }];
}

function by(alertId: string, seq: number, actor: Actor) {
  return { alert_id: alertId, seq, actor_type: actor.type, actor_id: actor.id, actor_name: actor.name };
}
