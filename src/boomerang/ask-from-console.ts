import { setTimeout as sleep } from "node:timers/promises";
import type { Deps } from "../api/deps.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { orSlackUnavailable } from "../connect/app/app-routes.ts";
import { type Installation, installationById } from "../connect/installations/installations.ts";
import { transaction } from "../db/transaction.ts";
import { postDigestedCard } from "../outbox/deliveries.ts";
import type { Principal } from "../people/principal.ts";
import { transactionAs } from "../people/transaction-as.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { type BoomerangOrigin, createBoomerang, findOrigin } from "./ask.ts";
import type { NewBoomerang } from "./contract.ts";
import { type LookupResult, lookUpRecipients, type Recipient, unreachableSentence } from "./recipients.ts";
import { confirmingOf, onlyConfirmable } from "./second-factor/ways.ts";

/**
 * Creates a Boomerang from the Console or the API. The result names recipients that can't be reached; a 400 if none
 * can be reached, a 503 if Slack can't be reached.
 */
export async function askFromConsole(
  deps: Deps,
  by: Principal,
  { alertId, ...values }: NewBoomerang & { alertId: string },
): Promise<{ id: string; results: LookupResult[] }> {
  const { origin: planned, installation, client } = await loadOrigin(deps, alertId);
  const results = await orSlackUnavailable(lookUpForConsole(deps, { client, installation }, values));
  const to = results.flatMap((result) => (result.reached ? [result.recipient] : []));
  if (to.length === 0) throw unreachableProblem(results);
  const askedBySlackId = await orSlackUnavailable(findAskerSlackId(deps, { client, by, to }));
  const origin = await postCardFirst(deps, { alertId, origin: planned });
  const question = { ...origin, ...values, alertId, to, by, askedBySlackId, now: deps.clock() };
  const asked = await transactionAs(deps.db, by, "Manage Alerts", (tx) => createBoomerang(tx, question));
  const id = orRefuse(asked);
  deps.wake();
  return { id, results };
}

/** The recipients; those who could not confirm an answer are not reached, if that is asked for. */
export async function lookUpForConsole(
  { db, config }: Pick<Deps, "db" | "config">,
  { client, installation }: Pick<OriginWithClient, "client" | "installation">,
  { to, secondFactor }: Pick<NewBoomerang, "to" | "secondFactor">,
): Promise<LookupResult[]> {
  const results = await lookUpRecipients(client, installation, to);
  return secondFactor ? onlyConfirmable(db.kysely, confirmingOf(config), results) : results;
}

interface AskerLookup {
  client: Pick<SlackClient, "lookupByEmail">;
  by: Principal;
  to: readonly Recipient[];
}

/** The Slack id of the Console user. Needed for a channel's question, which the asker must not answer. */
async function findAskerSlackId(
  { db }: Pick<Deps, "db">,
  { client, by, to }: AskerLookup,
): Promise<string | null> {
  if (!by.userId || to.every(({ kind }) => kind === "person")) return null;
  const user = await db.kysely
    .selectFrom("users")
    .select("email")
    .where("id", "=", by.userId)
    .executeTakeFirst();
  return user ? ((await client.lookupByEmail(user.email))?.id ?? null) : null;
}

export interface OriginWithClient {
  origin: BoomerangOrigin;
  installation: Installation;
  client: SlackClient;
}

/** The origin of a question that is not asked from Slack, with its client. Throws a 409 before Slack is set up. */
export async function loadOrigin(deps: Deps, alertId: string): Promise<OriginWithClient> {
  const { kysely } = deps.db;
  const origin = await findOrigin(kysely, { alertId, card: null });
  const installation = origin && (await installationById(kysely, origin.installationId));
  if (!origin || !installation)
    throw problem(409, "Tocsin is not connected to a Slack workspace yet. Set up the Slack app first.");
  return { origin, installation, client: await deps.slack.clientFor(installation.id) };
}

const pollMs = 200;
/** A requested card is posted before others. If its channel is held, the question doesn't wait for it. */
const maxWaitMs = 6000;

/** Posts the card of an alert that is only in a digest, so that the question has a thread to report to. */
async function postCardFirst(
  { db, wake }: Pick<Deps, "db" | "wake">,
  { alertId, origin }: { alertId: string; origin: BoomerangOrigin },
): Promise<BoomerangOrigin> {
  if (origin.cardId !== null) return origin;
  if (!(await transaction(db, (tx) => postDigestedCard(tx, { alertId })))) return origin;
  wake();
  for (let waited = 0; waited < maxWaitMs; waited += pollMs) {
    await sleep(pollMs);
    const now = await findOrigin(db.kysely, { alertId, card: null });
    if (now?.cardId) return now;
  }
  return origin;
}

/** A 400 with one field error, `to.<index>`, for each recipient that can't be asked. */
export function unreachableProblem(results: readonly LookupResult[]) {
  const errors = results.flatMap((result, index) =>
    result.reached ? [] : [{ field: `to.${index}`, detail: unreachableSentence(result) }],
  );
  return problem(400, errors.map(({ detail }) => detail).join(" "), { errors });
}
