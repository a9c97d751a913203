import { sql } from "kysely";
import type { Both } from "../db/intake-transaction.ts";
import { record } from "../history/append.ts";
import { type Group, sourceActor, sourceVia, type Taken } from "./incoming.ts";
import { type LockedNewest, lockNewest } from "./join/lock-newest.ts";
import { decideSourceResolve } from "./resolve/decide-source-resolve.ts";

/** Applies what sources call over to the newest alert of each key; gives back what became of each group. */
export async function resolveBySource({ tx, hot }: Both, groups: Group[]): Promise<Map<Group, Taken>> {
  const newest = await lockNewest(
    hot,
    groups.map((group) => group.key),
  );
  const taken = new Map<Group, Taken>();
  for (const group of groups) taken.set(group, await resolveOne(tx, group, newest.get(group.key)));
  return taken;
}

async function resolveOne(tx: Both["tx"], group: Group, newest: LockedNewest | undefined): Promise<Taken> {
  const { source, report } = group.items[0];
  const decision = decideSourceResolve(newest, source.resolves);
  if (!newest) return { outcome: "ignored" };
  const { id: alertId, number } = newest;
  const common = { alertId, actor: sourceActor(source), via: sourceVia(source) };
  switch (decision.kind) {
    case "ignore":
      return { outcome: "ignored", alertId, number };
    case "say-over":
      await sql`update alerts set said_over = true where id = ${alertId}`.execute(tx);
      await record(tx, { ...common, event: { kind: "source_says_over", data: {} } });
      return { outcome: "joined", alertId, number };
    case "resolve": {
      const data = { from: newest.status, to: "RESOLVED" as const, comment: report.own?.comment ?? null };
      await sql`update alerts set status = 'RESOLVED', source_resolved = true, version = version + 1,
        status_version = version + 1, status_set = jsonb_build_object(
          'by', ${JSON.stringify(common.actor)}::jsonb, 'via', ${common.via}::text, 'at', now(),
          'comment', ${data.comment}::text) where id = ${alertId}`.execute(tx);
      await record(tx, { ...common, event: { kind: "status_changed", data } });
      return { outcome: "resolved", alertId, number };
    }
    default:
      return decision satisfies never;
  }
}
