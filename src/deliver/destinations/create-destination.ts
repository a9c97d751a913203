import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { refuseDuplicate } from "../../db/refuse-duplicate.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import { wantedChanges } from "../../people/audit-log/changes.ts";
import type { Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import type { DestinationWish } from "../contract.ts";
import type { Destination, DestinationParts } from "../destination-type.ts";
import { destinationType } from "../destination-types.ts";
import { maskSecrets } from "./audited-change.ts";
import { nameRefusal, nameTaken } from "./change-destination.ts";
import { escalationColumns, refuseEscalation } from "./escalation-setting.ts";
import { readDestinations } from "./read-destinations.ts";

export interface Created {
  destination: Destination;
  /** The generated secret, to be shown once; null if the caller gave one. */
  secret: string | null;
}

/**
 * Creates a destination, which gets alerts from then on. They wait if its receiver is not ready yet. Throws a
 * `SlackFault` while Slack can't be asked about the channel.
 */
export async function createDestination(
  parts: DestinationParts,
  input: DestinationWish,
  by: Principal,
): Promise<Created | Refusal> {
  const badName = nameRefusal(input.displayName);
  if (badName) return badName;
  const prepared = await destinationType(input.type).prepareNew(parts, input, by);
  if (isRefusal(prepared)) return prepared;
  const create = () =>
    transactionAs(parts.db, by, "Manage Destinations", async (tx) => {
      const id = uuidv7();
      const badEscalation = await refuseEscalation(tx, { id, escalation: input.escalation });
      if (badEscalation) return badEscalation;
      const { line, ...columns } = prepared.columns(id);
      if (typeof line !== "string") throw new Error(`a new ${input.type} destination has no line`);
      const row = { ...common(id, input), ...columns, line };
      await tx.insertInto("destinations").values(row).execute();
      await prepared.saved?.(tx, id);
      await auditAndNotify(tx, by, {
        what: "destinations",
        action: "destination.created",
        target: { type: "destination", id },
        changes: maskSecrets(destinationType(input.type), wantedChanges({ ...input })),
      });
      const [destination] = await readDestinations(tx, { id });
      if (!destination) throw new Error(`the destination ${id} is missing after its insert`);
      return { destination, secret: prepared.secret };
    });
  return refuseDuplicate("destinations_name", nameTaken(input.displayName), create);
}

function common(id: string, input: DestinationWish) {
  return {
    id,
    type: input.type,
    display_name: input.displayName,
    severities: input.severities,
    alert_types: input.alertTypes,
    log_types: input.logTypes,
    timezone: input.timezone,
    ...escalationColumns(input.escalation),
  };
}
