import { type RawBuilder, sql } from "kysely";
import type { Alert, Severity, Status } from "../../alert/alert.ts";
import { detectionLabel } from "../../alert/alert.ts";
import type { Database } from "../../db/connect.ts";
import { type Entity, entitiesOf } from "./entities.ts";

type Current = Pick<Alert, "id" | "detection" | "source" | "context" | "createdAt">;

/** An earlier alert, what it has in common with the current one, and how it ended. */
export interface SeenAlert {
  id: string;
  number: number;
  title: string;
  severity: Severity;
  status: Status;
  createdAt: Date;
  same: { kind: Entity["kind"] | "detection"; value: string }[];
  ended: NonNullable<Alert["statusSet"]> | null;
}

const maxShown = 5;
/** Of each thing in common only the newest alerts are compared, so that a common host costs no more than a rare one. */
const maxCompared = 20;

interface Candidate {
  id: string;
  /** The hash of what it has in common; null for the detection. */
  hash: string | null;
  createdAt: Date;
}

/**
 * Up to five alerts that were opened in the last 90 days and before this one, with the same detection, user, host or
 * address: those with most in common first, then the newest. `more` if there are others.
 */
export async function findSeenBefore(
  db: Database["kysely"],
  alert: Current,
): Promise<{ alerts: SeenAlert[]; more: boolean }> {
  const entities = entitiesOf(alert.context);
  const { rows } = await sql<Candidate>`${sql.join(candidates(alert, entities), sql` union all `)}`.execute(
    db,
  );
  const chosen = rank(rows, maxShown);
  const alerts = await readAlerts(db, alert, { chosen: chosen.best, entities });
  return { alerts, more: chosen.more };
}

/** The ids with most in common first, then the newest. */
export function rank(
  candidates: Candidate[],
  count: number,
): { best: { id: string; hashes: (string | null)[] }[]; more: boolean } {
  const byId = Map.groupBy(candidates, ({ id }) => id);
  const ranked = [...byId]
    .map(([id, found]) => ({
      id,
      hashes: found.map(({ hash }) => hash),
      at: found[0]?.createdAt.getTime() ?? 0,
    }))
    .sort((a, b) => b.hashes.length - a.hashes.length || b.at - a.at);
  return {
    best: ranked.slice(0, count).map(({ id, hashes }) => ({ id, hashes })),
    more: ranked.length > count,
  };
}

function candidates(
  { id, detection, source, createdAt }: Current,
  entities: Entity[],
): RawBuilder<unknown>[] {
  const byEntity = entities.map(
    ({ hash }) => sql`
      (select alert_id as id, ${hash}::text as hash, opened_at as "createdAt" from alert_entities
        where hash = ${hash}::bigint and opened_at > now() - interval '90 days' and opened_at <= ${createdAt}
          and alert_id <> ${id} order by opened_at desc limit ${maxCompared})`,
  );
  if (!detection) return byEntity.length > 0 ? byEntity : [sql`select where false`];
  const byDetection = sql`
    (select id, null::text as hash, created_at as "createdAt" from alerts
      where detection_id = ${detection.id} and source_id = ${source.id} and created_at > now() - interval '90 days'
        and created_at <= ${createdAt} and id <> ${id} order by created_at desc, id desc limit ${maxCompared})`;
  return [byDetection, ...byEntity];
}

async function readAlerts(
  db: Database["kysely"],
  current: Current,
  { chosen, entities }: { chosen: ReturnType<typeof rank>["best"]; entities: Entity[] },
): Promise<SeenAlert[]> {
  if (chosen.length === 0) return [];
  const found = await db
    .selectFrom("alerts")
    .select(["id", "number", "title", "severity", "status", "created_at as createdAt", "status_set as set"])
    .where(
      "id",
      "in",
      chosen.map(({ id }) => id),
    )
    .execute();
  return chosen.flatMap(({ id, hashes }) => {
    const row = found.find((one) => one.id === id);
    if (!row) return [];
    const { set, ...alert } = row;
    const ended = set && { ...set, at: new Date(set.at) };
    return [{ ...alert, ended, same: hashes.map((hash) => inCommon(hash, { current, entities })) }];
  });
}

function inCommon(
  hash: string | null,
  { current, entities }: { current: Current; entities: Entity[] },
): SeenAlert["same"][number] {
  const entity = entities.find((one) => one.hash === hash);
  if (!entity) return { kind: "detection", value: detectionLabel(current) };
  return { kind: entity.kind, value: entity.value };
}

/** A condition for `a`, that the alert is one that "Seen before" of the current one draws on. */
export function seenBeforeFilter({
  id,
  detection,
  source,
  context,
  createdAt,
}: Current): RawBuilder<unknown> {
  const hashes = entitiesOf(context).map(({ hash }) => hash);
  const sameDetection = detection
    ? sql`(a.detection_id = ${detection.id} and a.source_id = ${source.id})`
    : sql`false`;
  return sql`(a.created_at > now() - interval '90 days' and a.created_at <= ${createdAt} and a.id <> ${id}
    and (${sameDetection} or a.id in (select alert_id from alert_entities
      where hash = any(${hashes}::bigint[]) and opened_at > now() - interval '90 days')))`;
}
