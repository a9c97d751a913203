import type { Actor } from "../../alert/actor.ts";
import { renderClosedHome, renderHome } from "./draw-home.ts";
import { listOpenOf } from "../boomerang/list-open-of.ts";
import { listAlerts } from "../list-alerts.ts";
import { type Acting, asSentence, toView, userWith } from "../../interact/acting.ts";
import { zoneOf } from "../../http/slack/zone-of.ts";

/** A view has room for a hundred blocks; a list has two a row. */
const longestList = 15;
const mostAsked = 10;

/** Draws the home tab of whoever acts, as everything stands now; `notice` is what came of what they did. */
export async function publishHome(by: Acting, notice: string | null): Promise<void> {
  const user = await userWith(by, toView);
  const view =
    "reason" in user
      ? renderClosedHome(`${asSentence(user.reason)}; ${user.remedy}`)
      : await drawn(by, user, notice);
  await by.client.publishHome(by.who.userId, view);
}

async function drawn(by: Acting, user: Actor, notice: string | null) {
  const [mine, unassigned, asked, timezone] = await Promise.all([
    listed(by, user, "me"),
    listed(by, user, "none"),
    listOpenOf(by.deps.db.kysely, { userId: user.id ?? "", limit: mostAsked }),
    zoneOf(by, null),
  ]);
  const { publicUrl } = by.deps.config;
  return renderHome({ mine, unassigned, asked, notice, timezone, publicUrl, now: by.deps.clock() });
}

async function listed({ deps }: Acting, user: Actor, whose: "me" | "none") {
  const query = { assignee: [whose], sort: "-severity" as const, limit: longestList };
  const found = await listAlerts(deps.db.kysely, query, { after: null, me: user.id });
  const more = found.length > longestList ? `${deps.config.publicUrl}/alerts?assignee=${whose}` : null;
  return { alerts: found.slice(0, longestList), more };
}
