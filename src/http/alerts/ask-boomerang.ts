import { transaction } from "../../db/transaction.ts";
import { audit } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { installationById } from "../../people/slack/installation-by-id.ts";
import { ask } from "../../triage/boomerang/ask.ts";
import { askingPlace } from "../../triage/boomerang/asking-place.ts";
import { reach } from "../../triage/boomerang/reach.ts";
import type { Reached } from "../../triage/boomerang/recipient.ts";
import { unreachedSentence } from "../../triage/boomerang/unreached-sentence.ts";
import type { NewBoomerang } from "../contract/boomerang.ts";
import type { Deps } from "../deps.ts";
import { problem } from "../problem.ts";
import { reachingSlack } from "../setup/reaching-slack.ts";

/** Asks from outside Slack. Whoever can't be reached is named; if that is everybody, nothing is asked. */
export async function askBoomerang(
  deps: Deps,
  by: Principal,
  { alertId, ...asked }: NewBoomerang & { alertId: string },
): Promise<{ id: string; reached: Reached[] }> {
  const { db } = deps;
  const place = await askingPlace(db.kysely, { alertId, card: null });
  const installation = place && (await installationById(db.kysely, place.installationId));
  if (!place || !installation)
    throw problem(409, "Tocsin is connected to no Slack workspace yet. Set up the Slack app first.");
  const client = await deps.slack.clientFor(installation.id);
  const reached = await reachingSlack(reach(client, installation, asked.to));
  const to = reached.flatMap((one) => (one.reached ? [one.recipient] : []));
  if (to.length === 0) throw nobody(reached);
  const { actor, via } = by;
  const id = await transaction(db, async (tx) => {
    const made = await ask(tx, {
      ...place,
      ...asked,
      alertId,
      to,
      actor,
      via,
      askedBySlackId: null,
      now: deps.clock(),
    });
    const target = { type: "alert", id: alertId } as const;
    await audit(tx, by, { action: "boomerang.ask", target, data: { boomerang: made, to: to.length } });
    return made;
  });
  deps.wake();
  return { id, reached };
}

function nobody(reached: readonly Reached[]) {
  const errors = reached.flatMap((one, index) =>
    one.reached ? [] : [{ field: `to.${index}`, detail: unreachedSentence(one) }],
  );
  return problem(400, errors.map(({ detail }) => detail).join(" "), { errors });
}
