import { sql } from "kysely";
import type { Actor } from "../../alert/alert.ts";
import type { Deps } from "../../api/deps.ts";
import { listOpenBoomerangs } from "../../boomerang/find-boomerangs.ts";
import { type Acting, acting, asSentence, toView, userWith } from "../../interact/acting.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { Clicker } from "../../slack/request/origin.ts";
import { listAlerts } from "../list-alerts.ts";
import { drawDeniedHome, drawHome } from "./draw-home.ts";

/** A view has room for a hundred blocks; a list has two a row. */
const longestList = 15;
const mostAsked = 10;

/** Draws the home tab of whoever acts, as everything stands now; `notice` is what came of what they did. */
export async function publishHome(by: Acting, notice: string | null): Promise<void> {
  const user = await userWith(by, toView);
  const view =
    "reason" in user
      ? drawDeniedHome(`${asSentence(user.reason)}; ${user.remedy}`)
      : await drawn(by, user, notice);
  await by.client.publishHome(by.who.userId, view);
}

async function drawn(by: Acting, user: Actor, notice: string | null) {
  const [mine, unassigned, asked, timezone] = await Promise.all([
    listed(by, user, "me"),
    listed(by, user, "none"),
    listOpenBoomerangs(by.deps.db.kysely, { userId: user.id ?? "", limit: mostAsked }),
    zoneOf(by, null),
  ]);
  const { publicUrl } = by.deps.config;
  return drawHome({ mine, unassigned, asked, notice, timezone, publicUrl, now: by.deps.clock() });
}

async function listed({ deps }: Acting, user: Actor, whose: "me" | "none") {
  const query = { assignee: [whose], sort: "-severity" as const, limit: longestList };
  const found = await listAlerts(deps.db.kysely, query, { after: null, me: user.id });
  const more = found.length > longestList ? `${deps.config.publicUrl}/alerts?assignee=${whose}` : null;
  return { alerts: found.slice(0, longestList), more };
}

/** Somebody looks at the home tab: it is drawn for them, whatever stood there. */
export async function onHomeOpened(deps: Deps, who: Clicker): Promise<void> {
  const by = await acting(deps, who);
  if (!by) return;
  try {
    await publishHome(by, null);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    // They see what stood there before, and open it again.
    deps.log.warn({ error: fault.code, user: who.userId }, "a home tab could not be drawn");
  }
}

/** The time zone for what one person sees: that of the channel's destination, else of the first one. */
export async function zoneOf({ deps, installation }: Acting, channelId: string | null): Promise<string> {
  const { rows } = await sql<{ timezone: string }>`
    select timezone from destinations where installation_id = ${installation.id} and deleted_at is null
    order by channel_id is not distinct from ${channelId} desc, id limit 1`.execute(deps.db.kysely);
  return rows[0]?.timezone ?? "UTC";
}
