import { sql } from "kysely";
import type { IntakeTransaction } from "../db/intake-transaction.ts";
import { decideJoin } from "./decide-join.ts";
import type { Group } from "./incoming.ts";
import { type Join, joinAlerts, lockNewest } from "./join-alerts.ts";
import { type Opened, openAlerts } from "./open-alerts.ts";
import { findRepeats, type SuppressedRepeats, suppressRepeats } from "./suppress-repeats.ts";

/** Another node may open or close a key's alert between two looks, but not this often. */
const rounds = 5;

/**
 * Is it news? Opens an alert for each group that is, joins the others to the newest alert of their key.
 * Two identical reports in the same millisecond, on two nodes, make one alert: the unique index decides.
 */
export async function openOrJoin(
  intake: IntakeTransaction,
  groups: Group[],
): Promise<{ opened: Opened[]; joined: (Join | SuppressedRepeats)[] }> {
  const opened: Opened[] = [];
  const joined: Join[] = [];
  const swallowed: SuppressedRepeats[] = [];
  let left = groups;
  for (let round = 0; left.length > 0; round++) {
    if (round === rounds) throw new Error(`${left.length} keys kept changing hands`);
    const news = await openAlerts(intake.runPrepared, left);
    opened.push(...news);
    const { joins, unjoined } = await whatJoins(intake, whatIsLeft(left, news));
    joined.push(...joins);
    swallowed.push(...(await findRepeats(intake, unjoined)));
    left = await whatIsNews(intake, unjoined, swallowed);
  }
  await joinAlerts(intake, joined);
  await suppressRepeats(intake, swallowed);
  return { opened, joined: [...joined, ...swallowed] };
}

/** The groups that opened nothing, and of those that did all reports but the first. */
function whatIsLeft(groups: Group[], opened: Opened[]): Group[] {
  const done = new Set(opened.map((one) => one.group));
  return groups.flatMap((group) => {
    if (!done.has(group)) return [group];
    const [, first, ...rest] = group.items;
    return first ? [{ key: group.key, items: [first, ...rest] }] : [];
  });
}

/** A group that belongs to no alert of its key; `over` is the newest one, whose time is over. */
type Unjoined = Group & { over?: string };

async function whatJoins(
  { runPrepared }: IntakeTransaction,
  groups: Group[],
): Promise<{ joins: Join[]; unjoined: Unjoined[] }> {
  const newest = await lockNewest(
    runPrepared,
    groups.map((group) => group.key),
  );
  const joins: Join[] = [];
  const unjoined: Unjoined[] = [];
  for (const group of groups) {
    const found = newest.get(group.key);
    const reports = group.items.map((item) => item.report);
    const decision = found && decideJoin(found, reports);
    if (found && decision?.kind === "join") joins.push({ newest: found, group, decision });
    else unjoined.push(found ? { ...group, over: found.id } : group);
  }
  return { joins, unjoined };
}

/** The groups still to be opened, whatever is suppressed for others; the newest alerts of their keys are so no more. */
async function whatIsNews(
  { tx }: IntakeTransaction,
  unjoined: readonly Unjoined[],
  swallowed: readonly SuppressedRepeats[],
): Promise<Group[]> {
  const taken = new Set(swallowed.map(({ group }) => group));
  const news = unjoined.filter((group) => !taken.has(group));
  const retired = news.flatMap(({ over }) => over ?? []);
  if (retired.length > 0) {
    await sql`update alerts set newest_of_key = false where id = any(${retired}::uuid[])`.execute(tx);
  }
  return news.map(({ key, items }): Group => ({ key, items, unsuppressed: true }));
}
