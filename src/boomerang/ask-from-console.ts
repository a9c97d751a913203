import { transaction } from "../db/transaction.ts";
import { audit } from "../people/audit.ts";
import type { Principal } from "../people/principal.ts";
import { ask } from "./ask.ts";
import { reach } from "./recipients.ts";
import type { Reached } from "../triage/boomerang/recipient.ts";
import type { NewBoomerang } from "./contract.ts";
import type { Deps } from "../api/deps.ts";
import { reachingSlack } from "../http/setup/reaching-slack.ts";
import { askerInSlack } from "../http/alerts/boomerang/asker-in-slack.ts";
import { askingFrom } from "../http/alerts/boomerang/asking-from.ts";
import { cardFirst } from "../http/alerts/boomerang/card-first.ts";
import { unreached } from "../http/alerts/boomerang/unreached.ts";

/** Asks from outside Slack. Whoever can't be reached is named; if that is everybody, nothing is asked. */
export async function askBoomerang(
  deps: Deps,
  by: Principal,
  { alertId, ...asked }: NewBoomerang & { alertId: string },
): Promise<{ id: string; reached: Reached[] }> {
  const { place: planned, installation, client } = await askingFrom(deps, alertId);
  const reached = await reachingSlack(reach(client, installation, asked.to));
  const to = reached.flatMap((one) => (one.reached ? [one.recipient] : []));
  if (to.length === 0) throw unreached(reached);
  const askedBySlackId = await reachingSlack(askerInSlack(deps, { client, by, to }));
  const place = await cardFirst(deps, { alertId, place: planned });
  const { actor, via } = by;
  const id = await transaction(deps.db, async (tx) => {
    const question = { ...place, ...asked, alertId, to, actor, via, askedBySlackId, now: deps.clock() };
    const made = await ask(tx, question);
    const target = { type: "alert", id: alertId } as const;
    await audit(tx, by, { action: "boomerang.ask", target, data: { boomerang: made, to: to.length } });
    return made;
  });
  deps.wake();
  return { id, reached };
}
