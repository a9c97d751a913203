import { sql } from "kysely";
import { isOpen, type Status } from "../alert/alert.ts";
import type { ResolvePolicy } from "../alert/report.ts";
import type { IntakeTransaction } from "../db/intake-transaction.ts";
import { append } from "../history/append.ts";
import { type Group, sourceActor, sourceVia, type Taken } from "./incoming.ts";
import { type LockedNewest, lockNewest } from "./join-alerts.ts";

/** Applies what sources call over to the newest alert of each key; gives back what became of each group. */
export async function resolveBySource(
  { tx, runPrepared }: IntakeTransaction,
  groups: Group[],
): Promise<Map<Group, Taken>> {
  const newest = await lockNewest(
    runPrepared,
    groups.map((group) => group.key),
  );
  const taken = new Map<Group, Taken>();
  for (const group of groups) taken.set(group, await resolveOne(tx, group, newest.get(group.key)));
  return taken;
}

async function resolveOne(
  tx: IntakeTransaction["tx"],
  group: Group,
  newest: LockedNewest | undefined,
): Promise<Taken> {
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
      await append(tx, { ...common, event: { kind: "source_says_over", data: {} } });
      return { outcome: "joined", alertId, number };
    case "resolve": {
      const data = { from: newest.status, to: "RESOLVED" as const, comment: report.own?.comment ?? null };
      await sql`update alerts set status = 'RESOLVED', source_resolved = true, version = version + 1,
        status_version = version + 1, status_set = jsonb_build_object(
          'by', ${JSON.stringify(common.actor)}::jsonb, 'via', ${common.via}::text, 'at', now(),
          'comment', ${data.comment}::text) where id = ${alertId}`.execute(tx);
      await append(tx, { ...common, event: { kind: "status_changed", data } });
      return { outcome: "resolved", alertId, number };
    }
    default:
      return decision satisfies never;
  }
}

type SourceResolve =
  | { kind: "resolve" }
  /** The alert stays as it is; thread and history say that the source calls it over. */
  | { kind: "say-over" }
  | { kind: "ignore"; because: "no alert" | "already closed" | "already said" };

/** What a source's "resolved" does to the newest alert of its key, whatever its age (spec section 3). */
export function decideSourceResolve(
  newest: { status: Status; touched: boolean; saidOver: boolean } | undefined,
  policy: ResolvePolicy,
): SourceResolve {
  if (!newest) return { kind: "ignore", because: "no alert" };
  if (!isOpen(newest.status)) return { kind: "ignore", because: "already closed" };
  if (policy === "always" || (policy === "untouched" && !newest.touched)) return { kind: "resolve" };
  return newest.saidOver ? { kind: "ignore", because: "already said" } : { kind: "say-over" };
}
