import type { Slack } from "../../simulator/story/story.ts";
import { alertTypes, type Severity } from "../../src/alert/alert.ts";
import { permissions } from "../../src/alert/permission.ts";
import { isRefusal } from "../../src/alert/refusal.ts";
import { slackAppBody } from "../../src/connect/contract.ts";
import type { Database } from "../../src/db/connect.ts";
import { transaction } from "../../src/db/transaction.ts";
import { destinationBody } from "../../src/deliver/contract.ts";
import { commandLine } from "../../src/people/principal.ts";
import { createToken } from "../../src/people/tokens.ts";
import { type Api, withToken } from "./api.ts";
import { backdate, backdateSetup } from "./backdate.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { inviteAnalysts } from "./people.ts";
import { planWeek } from "./plan-week.ts";
import { play, type Stage } from "./play.ts";
import { playToday } from "./play-today.ts";
import { seeded } from "./seeded.ts";
import { makeSources } from "./sources.ts";

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

/** Makes the pretend workspace's app known to Tocsin. */
async function connectSlack(api: Api, { app }: Slack): Promise<void> {
  const { botToken, clientId, clientSecret, signingSecret } = app;
  const body = { mode: "http", botToken, clientId, clientSecret, signingSecret };
  await api("PUT", "/slack/app", { body, answer: slackAppBody });
}

/** As a team would have them; a host or user that an alert doesn't name hides its button. */
const linkButtons = [
  { label: "Search in SIEM", url: "https://siem.acme.example/search?rule={detection.id}&from={time}" },
  { label: "Host", url: "https://edr.acme.example/hosts/{context.host}" },
  { label: "User", url: "https://id.acme.example/people/{context.user}" },
];

const wanted: { displayName: string; channel: string; severities: Severity[] }[] = [
  { displayName: "Security", channel: "#security", severities: ["HIGH", "CRITICAL"] },
  { displayName: "Platform", channel: "#platform", severities: ["INFO", "LOW", "MEDIUM"] },
];

/** What is urgent goes to #security, the rest to #platform; Tocsin's own troubles are urgent. */
async function makeDestinations(api: Api): Promise<void> {
  for (const { displayName, channel, severities } of wanted) {
    const takes = alertTypes.filter((type) => type !== "SYSTEM_ERROR" || severities.includes("CRITICAL"));
    const body = {
      type: "slack-bot",
      displayName,
      channel,
      severities,
      alertTypes: takes,
      timezone: "Europe/Berlin",
      linkButtons,
    };
    await api("POST", "/destinations", { body, answer: destinationBody });
  }
}
