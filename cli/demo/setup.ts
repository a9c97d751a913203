import type { Slack } from "../../simulator/story/story.ts";
import { alertTypes, type Severity } from "../../src/alert/alert.ts";
import { permissions } from "../../src/alert/permission.ts";
import { isRefusal } from "../../src/alert/refusal.ts";
import { slackAppBody } from "../../src/connect/contract.ts";
import type { Database } from "../../src/db/connect.ts";
import { transaction } from "../../src/db/transaction.ts";
import { destinationBody } from "../../src/deliver/destinations/any-type.ts";
import { commandLine } from "../../src/people/principal.ts";
import { createToken } from "../../src/people/tokens.ts";
import { silenceBody } from "../../src/silence/contract.ts";
import { type Api, withToken } from "./api.ts";
import { backdate, backdateSetup } from "./backdate.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { inviteAnalysts } from "./people.ts";
import { planWeek } from "./plan-week.ts";
import { type DemoContext, play } from "./play.ts";
import { playToday } from "./play-today.ts";
import { seededRandom } from "./seeded.ts";
import { makeSources } from "./sources.ts";

interface Parts {
  tocsin: { db: Database };
  slack: Slack;
  consoleUrl: string;
  onProgress: (text: string) => void;
}

const seed = 1042;
const day = 24 * 60 * 60 * 1000;

/**
 * Fills an empty Tocsin. The week is created before the destinations, and alerts are not sent to a destination that is
 * newer than they are, so Slack gets only today's alerts.
 */
export async function setUp({ tocsin: { db }, slack, consoleUrl, onProgress }: Parts): Promise<DemoFacts> {
  const since = new Date();
  const apiUrl = `${consoleUrl}/api/v1`;
  const apiToken = await makeToken(db, since);
  const admin = withToken(apiUrl, apiToken);
  const analysts = await inviteAnalysts(admin, apiUrl);
  const sources = await makeSources(admin);
  const context: DemoContext = {
    sources,
    analysts,
    onStep: (alertId, at) => backdate(db, alertId, { at, since }),
  };
  const week = planWeek(since, seededRandom(seed));
  onProgress(`Creating a week of alerts (${week.length})…`);
  for (const planned of week) await play(context, planned);
  await backdateSetup(db, new Date(since.getTime() - 9 * day));
  await connectSlack(admin, slack);
  await makeDestinations(admin);
  await silenceScanners(analysts.ada.api);
  onProgress("Sending today's alerts to the simulator, one per second…");
  await playToday({ ...context, onStep: async () => {} }, slack, seed);
  const { ada, grace } = analysts;
  const users = [
    { email: ada.email, password: ada.password, slackUserId: slack.users.ada.id },
    { email: grace.email, password: grace.password, slackUserId: slack.users.grace.id },
  ];
  return { consoleUrl, slackUrl: slack.pageUrl, apiUrl, apiToken, sources, users };
}

async function makeToken(db: Database, now: Date): Promise<string> {
  const options = { name: "Demo", permissions: [...permissions], cidrs: [], expiresAt: null, now };
  const token = await transaction(db, (tx) => createToken(tx, commandLine, options));
  if (isRefusal(token)) throw new Error(token.why);
  return token.secret;
}

/** Saves the simulator's Slack app in Tocsin. */
async function connectSlack(api: Api, { app }: Slack): Promise<void> {
  const { botToken, clientId, clientSecret, signingSecret } = app;
  const body = { mode: "http", botToken, clientId, clientSecret, signingSecret };
  await api("PUT", "/slack/app", { body, answer: slackAppBody });
}

/** Silences the noise of a week, so that today's alert of a scanner reaches nobody. */
async function silenceScanners(api: Api): Promise<void> {
  const body = {
    detection: "Recon:EC2/PortProbeUnprotectedPort",
    reason: "The scanners of the yearly pentest, ticket SEC-77",
    forMinutes: (7 * day) / 60_000,
  };
  await api("POST", "/silences", { body, answer: silenceBody });
}

/** Link buttons as a team might have them. A button is hidden if the alert lacks its field. */
const linkButtons = [
  { label: "Search in SIEM", url: "https://siem.acme.example/search?rule={detection.id}&from={time}" },
  { label: "Host", url: "https://edr.acme.example/hosts/{context.host}" },
  { label: "User", url: "https://id.acme.example/people/{context.user}" },
];

const destinations: { displayName: string; channel: string; severities: Severity[] }[] = [
  { displayName: "Security", channel: "#security", severities: ["HIGH", "CRITICAL"] },
  { displayName: "Platform", channel: "#platform", severities: ["INFO", "LOW", "MEDIUM"] },
];

/** Urgent alerts and those about Tocsin's own faults go to #security, the rest to #platform. */
async function makeDestinations(api: Api): Promise<void> {
  for (const { displayName, channel, severities } of destinations) {
    const types = alertTypes.filter((type) => type !== "SYSTEM_ERROR" || severities.includes("CRITICAL"));
    const body = {
      type: "slack-bot",
      displayName,
      channel,
      severities,
      alertTypes: types,
      timezone: "Europe/Berlin",
      linkButtons,
    };
    await api("POST", "/destinations", { body, answer: destinationBody });
  }
}
