import { setTimeout as sleep } from "node:timers/promises";
import type { Deps } from "../api/deps.ts";
import { problem } from "../api/problem.ts";
import { reachingSlack } from "../connect/app/app-routes.ts";
import { type Installation, installationById } from "../connect/installations/installations.ts";
import { transaction } from "../db/transaction.ts";
import { postDigestedCard } from "../outbox/deliveries.ts";
import { audit } from "../people/audit.ts";
import type { Principal } from "../people/principal.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { type AskingPlace, ask, askingPlace } from "./ask.ts";
import type { NewBoomerang } from "./contract.ts";
import { type Reached, type Recipient, reach, unreachedSentence } from "./recipients.ts";

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

interface Asking {
  client: Pick<SlackClient, "lookupByEmail">;
  by: Principal;
  to: readonly Recipient[];
}

/** Who, in Slack, the person at the Console is: they must not answer for a channel themselves. */
async function askerInSlack({ db }: Pick<Deps, "db">, { client, by, to }: Asking): Promise<string | null> {
  if (!by.userId || to.every(({ kind }) => kind === "person")) return null;
  const user = await db.kysely
    .selectFrom("users")
    .select("email")
    .where("id", "=", by.userId)
    .executeTakeFirst();
  return user ? ((await client.lookupByEmail(user.email))?.id ?? null) : null;
}

export interface AskingFrom {
  place: AskingPlace;
  installation: Installation;
  client: SlackClient;
}

/** Whose bot asks about an alert, outside Slack; a 409 while there is none. */
export async function askingFrom(deps: Deps, alertId: string): Promise<AskingFrom> {
  const { kysely } = deps.db;
  const place = await askingPlace(kysely, { alertId, card: null });
  const installation = place && (await installationById(kysely, place.installationId));
  if (!place || !installation)
    throw problem(409, "Tocsin is connected to no Slack workspace yet. Set up the Slack app first.");
  return { place, installation, client: await deps.slack.clientFor(installation.id) };
}

const lookEveryMs = 200;
/** A card that was asked for goes before others; where its channel is held, the question doesn't wait for it. */
const longestMs = 6000;

/** An alert that stands in a digest only gets its card before a question is asked, so that a thread can tell it. */
async function cardFirst(
  { db, wake }: Pick<Deps, "db" | "wake">,
  { alertId, place }: { alertId: string; place: AskingPlace },
): Promise<AskingPlace> {
  if (place.cardId !== null) return place;
  if (!(await transaction(db, (tx) => postDigestedCard(tx, { alertId })))) return place;
  wake();
  for (let waited = 0; waited < longestMs; waited += lookEveryMs) {
    await sleep(lookEveryMs);
    const now = await askingPlace(db.kysely, { alertId, card: null });
    if (now?.cardId) return now;
  }
  return place;
}

/** Names each of those who can't be asked, at their place in `to`. */
export function unreached(reached: readonly Reached[]) {
  const errors = reached.flatMap((one, index) =>
    one.reached ? [] : [{ field: `to.${index}`, detail: unreachedSentence(one) }],
  );
  return problem(400, errors.map(({ detail }) => detail).join(" "), { errors });
}
