import { sql } from "kysely";
import type { Actor } from "../../alert/alert.ts";
import type { Deps } from "../../api/deps.ts";
import { listOpenBoomerangs } from "../../boomerang/find-boomerangs.ts";
import { type Acting, acting, asSentence, toView, userWith } from "../../interact/acting.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { Clicker } from "../../slack/request/origin.ts";
import { listAlerts } from "../list-alerts.ts";
import { drawDeniedHome, drawHome } from "./draw-home.ts";

/** Two blocks per alert, within Slack's 100 blocks per view. */
const maxListed = 15;
const maxQuestions = 10;

/** Publishes the App Home of the person who acts. `notice` is the result of their last click there. */
export async function publishHome(by: Acting, notice: string | null): Promise<void> {
  const user = await userWith(by, toView);
  const view =
    "reason" in user
      ? drawDeniedHome(`${asSentence(user.reason)}; ${user.remedy}`)
      : await drawHomeFor(by, user, notice);
  await by.client.publishHome(by.who.userId, view);
}

async function drawHomeFor(by: Acting, user: Actor, notice: string | null) {
  const [mine, unassigned, questions, timezone] = await Promise.all([
    listAlertsFor(by, user, "me"),
    listAlertsFor(by, user, "none"),
    listOpenBoomerangs(by.deps.db.kysely, { userId: user.id ?? "", limit: maxQuestions }),
    timezoneFor(by, null),
  ]);
  const { publicUrl } = by.deps.config;
  return drawHome({ mine, unassigned, questions, notice, timezone, publicUrl, now: by.deps.clock() });
}

async function listAlertsFor({ deps }: Acting, user: Actor, whose: "me" | "none") {
  // A person who has a silenced alert took it although it is silenced.
  const silenced = whose === "me" ? ("any" as const) : undefined;
  const query = { assignee: [whose], silenced, sort: "-severity" as const, limit: maxListed };
  const found = await listAlerts(deps.db.kysely, query, { after: null, me: user.id });
  const more = found.length > maxListed ? `${deps.config.publicUrl}/alerts?assignee=${whose}` : null;
  return { alerts: found.slice(0, maxListed), more };
}

/** Publishes the App Home of a person who opened its tab. */
export async function onHomeOpened(deps: Deps, who: Clicker): Promise<void> {
  const by = await acting(deps, who);
  if (!by) return;
  try {
    await publishHome(by, null);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    // They still see the previous content and can open the tab again.
    deps.log.warn({ error: fault.code, user: who.userId }, "App Home could not be published");
  }
}

/** The timezone for a private message: that of the channel's destination, otherwise of the first destination. */
export async function timezoneFor({ deps, installation }: Acting, channelId: string | null): Promise<string> {
  const { rows } = await sql<{ timezone: string }>`
    select timezone from destinations where installation_id = ${installation.id} and deleted_at is null
    order by channel_id is not distinct from ${channelId} desc, id limit 1`.execute(deps.db.kysely);
  return rows[0]?.timezone ?? "UTC";
}
