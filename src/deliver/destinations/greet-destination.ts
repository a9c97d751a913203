import type { Refusal } from "../../alert/refusal.ts";
import { transaction } from "../../db/transaction.ts";
import { lockRepairs, readRepairs } from "../../outbox/lines.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import type { Principal } from "../../people/principal.ts";
import type { DestinationParts } from "../destination-type.ts";
import { destinationType } from "../destination-types.ts";
import { noDestination, readDestinations } from "./read-destinations.ts";

/**
 * Sends a destination the test of its type. A setup fault is stored at the destination and returned as a refusal with
 * its remedy; a passing fault of Slack is thrown as `SlackFault`.
 */
export async function greetDestination(
  parts: DestinationParts,
  id: string,
  by: Principal,
): Promise<Refusal | null> {
  const [destination] = await readDestinations(parts.db.kysely, { id });
  if (!destination) return noDestination;
  const before = await readRepairs(parts.db.kysely, destination.line);
  const { fault, refusal, recordFault } = await destinationType(destination.type).greet(parts, destination);
  await transaction(parts.db, async (tx) => {
    if ((await lockRepairs(tx, destination.line)) === before) await recordFault(tx);
    await auditAndNotify(tx, by, {
      what: "destinations",
      action: "destination.welcomed",
      target: { type: "destination", id },
      changes: null,
      data: { fault },
    });
  });
  return refusal;
}
