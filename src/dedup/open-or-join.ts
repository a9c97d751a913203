import { sql } from "kysely";
import type { IntakeTransaction } from "../db/intake-transaction.ts";
import { decideJoin, isClosedByPerson } from "./decide-join.ts";
import type { Group } from "./incoming.ts";
import { type Join, joinAlerts, lockNewest } from "./join-alerts.ts";
import { readSamples } from "./keep-samples.ts";
import { type OpenedAlert, openAlerts } from "./open-alerts.ts";
import { findRepeats, type SuppressedRepeats, suppressRepeats } from "./suppress-repeats.ts";

/** Another node may open or retire a key's alert between two statements, but not this often. */
const maxRounds = 5;

/**
 * Opens an alert for each group of new reports, and joins the others to the newest alert of their key or to a
 * suppression. Two identical reports at the same time on two nodes make one alert, by the unique index.
 */
export async function openOrJoin(
  intake: IntakeTransaction,
  groups: Group[],
): Promise<{ opened: OpenedAlert[]; joined: Join[]; suppressed: SuppressedRepeats[] }> {
  const opened: OpenedAlert[] = [];
  const joined: Join[] = [];
  const suppressed: SuppressedRepeats[] = [];
  let remaining = groups;
  for (let round = 0; remaining.length > 0; round++) {
    if (round === maxRounds) throw new Error(`${remaining.length} keys kept changing between nodes`);
    const openedNow = await openAlerts(intake.runPrepared, remaining);
    opened.push(...openedNow);
    const { joins, unjoined } = await findJoins(intake, remainingGroups(remaining, openedNow));
    joined.push(...joins);
    suppressed.push(...(await findRepeats(intake, unjoined)));
    remaining = await groupsToOpen(intake, unjoined, suppressed);
  }
  await joinAlerts(intake, joined);
  await suppressRepeats(intake, suppressed);
  return { opened, joined, suppressed };
}

/** The groups that opened no alert, and all but the first report of those that did. */
function remainingGroups(groups: Group[], opened: OpenedAlert[]): Group[] {
  const openers = new Set(opened.map((one) => one.group));
  return groups.flatMap((group) => {
    if (!openers.has(group)) return [group];
    const [, first, ...rest] = group.items;
    return first ? [{ key: group.key, items: [first, ...rest] }] : [];
  });
}

/** A group that joins no alert; `expiredId` is the newest alert of its key, which takes no more reports. */
type Unjoined = Group & { expiredId?: string };

async function findJoins(
  { runPrepared }: IntakeTransaction,
  groups: Group[],
): Promise<{ joins: Join[]; unjoined: Unjoined[] }> {
  const newest = await lockNewest(
    runPrepared,
    groups.map((group) => group.key),
  );
  const closed = [...newest.values()].filter(isClosedByPerson).map(({ id }) => id);
  const samples = await readSamples(runPrepared, closed);
  const joins: Join[] = [];
  const unjoined: Unjoined[] = [];
  for (const group of groups) {
    const found = newest.get(group.key);
    const [first, ...others] = group.items;
    const decision =
      found &&
      decideJoin(found, [first.report, ...others.map(({ report }) => report)], {
        reopenAfter: first.source.reopenAfter,
        samples: samples.get(found.id) ?? [],
      });
    if (found && decision?.kind === "join") joins.push({ newest: found, group, decision });
    else unjoined.push(found ? { ...group, expiredId: found.id } : group);
  }
  return { joins, unjoined };
}

/** The groups that must open an alert. Their keys' previous alerts are no longer the newest ones. */
async function groupsToOpen(
  { tx }: IntakeTransaction,
  unjoined: readonly Unjoined[],
  suppressed: readonly SuppressedRepeats[],
): Promise<Group[]> {
  const suppressedGroups = new Set(suppressed.map(({ group }) => group));
  const toOpen = unjoined.filter((group) => !suppressedGroups.has(group));
  const retired = toOpen.flatMap(({ expiredId }) => expiredId ?? []);
  if (retired.length > 0) {
    await sql`update alerts set newest_of_key = false where id = any(${retired}::uuid[])`.execute(tx);
  }
  return toOpen.map(({ key, items }): Group => ({ key, items, ignoreSuppressions: true }));
}
