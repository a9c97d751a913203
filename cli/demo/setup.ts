import type { Slack } from "../../simulator/story/story.ts";
import { permissions } from "../../src/alert/permission.ts";
import { isRefusal } from "../../src/alert/refusal.ts";
import type { Database } from "../../src/db/connect.ts";
import { transaction } from "../../src/db/transaction.ts";
import { commandLine } from "../../src/people/principal.ts";
import { createToken } from "../../src/people/tokens.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { backdate, backdateSetup } from "./backdate.ts";
import { play, type Stage } from "./play.ts";
import { playToday } from "./play-today.ts";
import { withToken } from "./api.ts";
import { inviteAnalysts } from "./people.ts";
import { connectSlack, makeDestinations } from "./setup/slack.ts";
import { makeSources } from "./sources.ts";
import { planWeek } from "./plan-week.ts";
import { seeded } from "./seeded.ts";

interface Parts {
  tocsin: { db: Database };
  slack: Slack;
  consoleUrl: string;
  say: (line: string) => void;
}

const seed = 1042;
const day = 24 * 60 * 60 * 1000;

/**
 * Fills an empty Tocsin. The week comes before the destinations: alerts from before a destination existed are
 * not sent to it, so Slack gets only those of today.
 */
export async function setUp({ tocsin: { db }, slack, consoleUrl, say }: Parts): Promise<DemoFacts> {
  const since = new Date();
  const apiUrl = `${consoleUrl}/api/v1`;
  const apiToken = await makeToken(db, since);
  const admin = withToken(apiUrl, apiToken);
  const analysts = await inviteAnalysts(admin, apiUrl);
  const sources = await makeSources(admin);
  const stage: Stage = {
    sources,
    analysts,
    happened: (alertId, at) => backdate(db, alertId, { at, since }),
  };
  const week = planWeek(since, seeded(seed));
  say(`Playing a week: ${week.length} alerts…`);
  for (const planned of week) await play(stage, planned);
  await backdateSetup(db, new Date(since.getTime() - 9 * day));
  await connectSlack(admin, slack);
  await makeDestinations(admin);
  say("Sending today's alerts to the pretend Slack, one a second…");
  await playToday({ ...stage, happened: async () => {} }, slack, seed);
  const { ada, grace } = analysts;
  const users = [
    { email: ada.email, password: ada.password, slackUserId: slack.users.ada.id },
    { email: grace.email, password: grace.password, slackUserId: slack.users.grace.id },
  ];
  return { consoleUrl, slackUrl: slack.pageUrl, apiUrl, apiToken, sources, users };
}

async function makeToken(db: Database, now: Date): Promise<string> {
  const wish = { name: "Demo", permissions: [...permissions], cidrs: [], expiresAt: null, now };
  const token = await transaction(db, (tx) => createToken(tx, commandLine, wish));
  if (isRefusal(token)) throw new Error(token.why);
  return token.secret;
}
