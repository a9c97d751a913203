import { sql } from "kysely";
import type { Both } from "../db/lane.ts";
import type { Group } from "./incoming.ts";
import { decideJoin } from "./join/decide-join.ts";
import { type Join, joinAlerts } from "./join/join-alerts.ts";
import { lockNewest } from "./join/lock-newest.ts";
import { type Opened, openAlerts } from "./open-alerts.ts";

/** Another node may open or close a key's alert between two looks, but not this often. */
const rounds = 5;

/**
 * Is it news? Opens an alert for each group that is, joins the others to the newest alert of their key.
 * Two identical reports in the same millisecond, on two nodes, make one alert: the unique index decides.
 */
export async function openOrJoin(both: Both, groups: Group[]): Promise<{ opened: Opened[]; joined: Join[] }> {
  const opened: Opened[] = [];
  const joined: Join[] = [];
  let left = groups;
  for (let round = 0; left.length > 0; round++) {
    if (round === rounds) throw new Error(`${left.length} keys kept changing hands`);
    const news = await openAlerts(both.hot, left);
    opened.push(...news);
    left = await joinWhatStands(both, whatIsLeft(left, news), joined);
  }
  await joinAlerts(both, joined);
  return { opened, joined };
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

/** Adds to `joined`, retires newest alerts whose time is over, and gives back the groups still to be opened. */
async function joinWhatStands({ tx, hot }: Both, groups: Group[], joined: Join[]): Promise<Group[]> {
  const newest = await lockNewest(
    hot,
    groups.map((group) => group.key),
  );
  const again: Group[] = [];
  const retired: string[] = [];
  for (const group of groups) {
    const found = newest.get(group.key);
    const decision =
      found &&
      decideJoin(
        found,
        group.items.map((item) => item.report),
      );
    if (decision?.kind === "join" && found) joined.push({ newest: found, group, decision });
    else again.push(group);
    if (decision?.kind === "open-anew" && found) retired.push(found.id);
  }
  if (retired.length > 0) {
    await sql`update alerts set newest_of_key = false where id = any(${retired}::uuid[])`.execute(tx);
  }
  return again;
}
