import type { Escalation } from "../../alert/destination.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";

/** The columns of a destination that hold its escalation; none if it stays as it is. */
export function escalationColumns(escalation: Escalation | null | undefined) {
  if (escalation === undefined) return {};
  return {
    escalate_to: escalation?.to ?? null,
    escalate_after: JSON.stringify(escalation?.afterMinutes ?? {}),
  };
}

/** Why the alerts of destination `id` can't be escalated there; null if they can. */
export async function refuseEscalation(
  tx: Transaction,
  { id, escalation }: { id: string; escalation: Escalation | null | undefined },
): Promise<Refusal | null> {
  if (!escalation) return null;
  const refusal = { refused: "invalid", field: "escalation.to" } as const;
  if (escalation.to === id) return { ...refusal, why: "Choose a destination other than this one." };
  // The lock keeps it from being deleted at the same time.
  const target = await tx
    .selectFrom("destinations")
    .select("id")
    .where("id", "=", escalation.to)
    .where("deleted_at", "is", null)
    .forShare()
    .executeTakeFirst();
  return target ? null : { ...refusal, why: "There is no such destination." };
}

/** Refuses to delete a destination to which others escalate; null if none does. */
export async function refuseAsTarget(tx: Transaction, id: string): Promise<Refusal | null> {
  await tx.selectFrom("destinations").select("id").where("id", "=", id).forUpdate().execute();
  const others = await tx
    .selectFrom("destinations")
    .select("display_name as name")
    .where("escalate_to", "=", id)
    .where("deleted_at", "is", null)
    .orderBy("display_name")
    .execute();
  if (others.length === 0) return null;
  const names = new Intl.ListFormat("en-GB").format(others.map(({ name }) => name));
  const verb = others.length === 1 ? "sends" : "send";
  const why = `${names} ${verb} alerts on which nobody acts to this destination. Choose another one there first.`;
  return { refused: "conflict", why };
}
