import { sql } from "kysely";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { refuseDuplicate } from "../../db/refuse-duplicate.ts";
import type { Transaction } from "../../db/transaction.ts";
import { hold, release } from "../../outbox/deliveries.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { commonChange, type DestinationChange } from "../contract.ts";
import type { Destination, DestinationParts, DestinationType, TypeColumns } from "../destination-type.ts";
import { destinationType } from "../destination-types.ts";
import { auditedChange } from "./audited-change.ts";
import { escalationColumns, refuseEscalation } from "./escalation-setting.ts";
import { noDestination, readDestinations } from "./read-destinations.ts";

/**
 * Changes a destination (docs/behaviour.md#4-route). Waiting deliveries move to a new channel; disabling holds
 * them and enabling releases them. Throws a `SlackFault` while Slack can't be asked about a new channel.
 */
export async function changeDestination(
  parts: DestinationParts,
  { id, change }: { id: string; change: DestinationChange },
  by: Principal,
): Promise<Destination | Refusal> {
  const { displayName = "", enabled } = change;
  const badName = nameRefusal(displayName);
  if (badName) return badName;
  const [before] = await readDestinations(parts.db.kysely, { id });
  if (!before) return noDestination;
  const type = destinationType(before.type);
  const wish = ownSettings(type, change);
  if (isRefusal(wish)) return wish;
  const prepared = await type.prepareChange(parts, { before, wish }, by);
  if (isRefusal(prepared)) return prepared;
  const act = () =>
    transactionAs(parts.db, by, "Manage Destinations", async (tx) => {
      const badEscalation = await refuseEscalation(tx, { id, escalation: change.escalation });
      if (badEscalation) return badEscalation;
      if (!(await update(tx, id, { change, columns: prepared.columns(id) }))) return noDestination;
      await prepared.saved?.(tx, id);
      const ofDestination = { where: sql`d.destination_id = ${id}` };
      if (enabled !== undefined) await (enabled ? release : hold)(ofDestination).execute(tx);
      await auditAndNotify(tx, by, {
        what: "destinations",
        action: "destination.changed",
        target: { type: "destination", id },
        changes: auditedChange(type, before, change),
      });
      const [after] = await readDestinations(tx, { id });
      return after ?? noDestination;
    });
  return refuseDuplicate("destinations_name", nameTaken(displayName), act);
}

const commonNames = Object.keys(commonChange.shape);

/** The part of a change that belongs to the destination's type; a refusal if another type's setting is in it. */
function ownSettings(
  { contract, about }: DestinationType,
  change: DestinationChange,
): Record<string, unknown> | Refusal {
  const given = Object.entries(change).filter(
    ([name, value]) => value !== undefined && !commonNames.includes(name),
  );
  const [foreign] = given.find(([name]) => !(name in contract.change.shape)) ?? [];
  if (foreign !== undefined)
    return { refused: "invalid", field: foreign, why: `A ${about.name} doesn't have this setting.` };
  const wish = contract.change.safeParse(Object.fromEntries(given));
  if (wish.success) return wish.data;
  const [issue] = wish.error.issues;
  return { refused: "invalid", field: issue?.path.join(".") ?? "", why: issue?.message ?? "Invalid value." };
}

async function update(
  tx: Transaction,
  id: string,
  { change, columns }: { change: DestinationChange; columns: TypeColumns },
): Promise<boolean> {
  const updated = await tx
    .updateTable("destinations")
    .set({
      ...columns,
      display_name: change.displayName,
      severities: change.severities,
      alert_types: change.alertTypes,
      log_types: change.logTypes,
      timezone: change.timezone,
      ...escalationColumns(change.escalation),
      enabled: change.enabled,
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returning("id")
    .execute();
  return updated.length > 0;
}

/** Refuses a reserved name; null if the name can be used. */
export function nameRefusal(displayName: string): Refusal | null {
  if (displayName.toUpperCase() !== "SKIP") return null;
  return {
    refused: "invalid",
    field: "displayName",
    why: "SKIP can't be a destination's name. In a report it means that the alert goes nowhere.",
  };
}

export function nameTaken(displayName: string): Refusal {
  const why = `A destination with the name "${displayName}" already exists.`;
  return { refused: "conflict", field: "displayName", why };
}
